"""Users whose owner does not work here any more."""

# Longer than 60 lines because who is gone and who was never known are told apart.

from collections.abc import Iterator
from fnmatch import fnmatchcase

from rolecall.model.account import Account
from rolecall.model.commands import UNKNOWN_KEY, add_tags, comment, deactivate_key, disable
from rolecall.model.completeness import Part
from rolecall.model.creators import with_creator
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, Fact, graded
from rolecall.model.organization import People
from rolecall.model.owners import OWNER_TAGS, owners_of
from rolecall.model.principals import User
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="user-of-leaver",
    title="Users go when their owners do",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.CREDENTIAL_REPORT, Part.PEOPLE}),
    weighs=RIGHTS,
    remediation=(
        "Deactivate the user's credentials today. If a program depends on them, tag the user with"
        " its new owner and rotate the key: the leaver may have a copy. Otherwise delete the user."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html",
        "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html",
    ),
)
def user_of_leaver(
    account: Account,
    *,
    owner_tags: tuple[str, ...] = OWNER_TAGS,
    shared_owners: tuple[str, ...] = (),
) -> Iterator[Evidence]:
    """Accounts that are closed on the last day do not close the keys that lie on a laptop.

    The owners are all whom `owner_tags` name, or whose address or user name the user bears; one
    of them who works here is enough. Who is disabled in the identity store, or in the list that
    you provide, has left; an e-mail address that is missing there has most likely (MEDIUM). A bare
    name that is missing may be a team's and is not judged; teams with an address are named by
    `shared_owners`, patterns such as `team-*@example.com`.
    """
    people = account.people
    if people is None:
        return
    for user in account.users:
        owners = owners_of(user, owner_tags) or (user.name,)
        if any(fnmatchcase(owner, pattern) for owner in owners for pattern in shared_owners):
            continue
        found = {owner: people.find(owner) for owner in owners}
        if any(person and person.is_active for person in found.values()):
            continue
        gone = [owner for owner, person in found.items() if person]
        missing = [owner for owner in owners if "@" in owner]
        if not gone and not missing:
            continue
        owner = (gone or missing)[0]
        state, base = ("is disabled", Severity.HIGH) if gone else ("is missing", Severity.MEDIUM)
        is_armed = user.credentials is None or any(user.credentials.usable)
        harmless = Fact(f"{user} has no password and no active key", 0 if is_armed else -1)
        evidence = with_creator(_evidence(user, owner, state, people), account.creator_of(user))
        yield graded(evidence, base, account, user, harmless)


def _evidence(user: User, owner: str, state: str, people: People) -> Evidence:
    source = people.source or "the list of people"
    usable = tuple(user.credentials.usable) if user.credentials else ()
    keys = [each for each in usable if isinstance(each, AccessKey)]
    return Evidence(
        resource=user.resource,
        summary=f"{user} belongs to {owner}, who {state} in {source}",
        principal=user.arn,
        commands=(
            *(deactivate_key(user.name, key.id or UNKNOWN_KEY) for key in keys),
            *(disable(user.name, each) for each in usable if each not in keys),
            comment("or", add_tags("user", user.name, {"owner": "NEW_OWNER"})),
        ),
        data={"owner": owner, "state": state, "source": source},
    )
