"""Foreign accounts that roles trust and of which nobody knows whose they are."""

# Longer than 60 lines because an account is told once, with all the roles that trust it.

from collections import defaultdict
from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.rights import shortened
from rolecall.model.commands import show_trust
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.vendors import vendor_of


@Check(
    id="unnamed-foreign-account",
    title="Every foreign account that is trusted has an owner with a name",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION}),
    remediation=(
        "Find out whose account it is: the ticket or the pull request that brought it, the page of"
        " the vendor's documentation that names it. List it under known_accounts of this rule, as"
        ' "777788889999 Name". Take it out of the trust policies if nobody can tell.'
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
        "https://github.com/fwdcloudsec/known_aws_accounts",
    ),
)
def unnamed_foreign_account(
    account: Account, *, known_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A number that nobody can put a name to is a former vendor, a typing mistake or a backdoor.

    Names come from the register of account numbers that their owners publish, and from
    `known_accounts`.
    """
    known = {each.partition(" ")[0] for each in known_accounts}
    trusting: dict[str, list[Access]] = defaultdict(list)
    for access in accesses(account):
        is_named = access.outsider in known or vendor_of(access.outsider)
        if access.kind is Kind.ACCOUNT and not access.passage.blocked_by and not is_named:
            trusting[access.outsider].append(access)
    for foreign, found in trusting.items():
        yield _evidence(account, foreign, [access.role.name for access in found])


def _evidence(account: Account, foreign: str, roles: list[str]) -> Evidence:
    return Evidence(
        resource=Resource("AwsAccount", f"arn:{account.partition}:iam::{foreign}:root"),
        summary=f"nobody knows whose account {foreign} is; roles that trust it:"
        f" {shortened(tuple(roles))}",
        commands=tuple(show_trust(role) for role in roles),
        data={"account": foreign, "roles": roles},
        occasion=foreign,
    )
