"""A list of people that says otherwise than Identity Center."""

# Longer than 60 lines because the two can differ about somebody in three ways.

from collections import Counter
from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.organization import People, Person
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_WORDS = {
    "left_but_enabled": "left by the list and are enabled in the store",
    "unlisted_but_enabled": "are enabled in the store and missing in the list",
    "here_but_disabled": "are here by the list and disabled in the store",
}


@Check(
    id="people-lists-disagree",
    title="The list of people and Identity Center agree",
    severity=Severity.LOW,
    needs=frozenset({Part.ORGANIZATION, Part.PEOPLE}),
    remediation=(
        "Disable in Identity Center who has left, and bring the list up to date: it is as old as"
        " the last deployment. Best, generate it from where people are hired and leave."
    ),
    references=(
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/disableuser.html",
        "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html",
    ),
)
def people_lists_disagree(account: Account) -> Iterator[Evidence]:
    """Where a list is provided it decides who has left, and the identity store is not asked.

    One of the two is wrong about everybody whom they tell apart, and somebody who left may still
    sign in (MEDIUM). One finding for the organization, in the management account, with numbers
    and without names. Who is in the list alone needs no access to AWS and is not counted.
    """
    people = account.people
    store = account.organization.people if account.organization else None
    if people is None or store is None or people == store or not account.is_management_account:
        return
    numbers = Counter(filter(None, (_difference(people, each) for each in store.people)))
    if numbers:
        told = "; ".join(f"{numbers[name]} {words}" for name, words in _WORDS.items())
        has_leavers = numbers["left_but_enabled"] > 0
        yield Evidence(
            resource=account.resource,
            summary=f"of the people in {store.source or 'the identity store'}, compared with"
            f" {people.source or 'the list of people'}: {told}",
            severity=Severity.MEDIUM if has_leavers else Severity.LOW,
            data={name: numbers[name] for name in _WORDS},
        )


def _difference(people: People, stored: Person) -> str:
    """Return which of the differences there is about somebody in the store; empty for none."""
    found = [each for name in (stored.user_name, *stored.emails) if (each := people.find(name))]
    is_here = any(each.is_active for each in found)
    if is_here:
        return "" if stored.is_active else "here_but_disabled"
    if not stored.is_active:
        return ""
    return "left_but_enabled" if found else "unlisted_but_enabled"
