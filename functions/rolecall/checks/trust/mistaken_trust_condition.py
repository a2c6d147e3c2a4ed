"""Conditions of trust policies that do not do what they look like."""

# Longer than 60 lines because a condition can fail in two directions.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.mistakes import Mistake, mistakes_of
from rolecall.model.admission.outsiders import accesses
from rolecall.model.admission.telling import trust_commands
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.principals import Role
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.trust import TrustedParty, trusted_parties


@Check(
    id="mistaken-trust-condition",
    title="Conditions of trust policies do what they look like",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Demand one value with StringEquals, or a pattern with StringLike, without IfExists and"
        " without ForAllValues. To find out who the caller is, ask for aws:PrincipalAccount,"
        " aws:PrincipalOrgID or aws:PrincipalArn."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    ),
)
def mistaken_trust_condition(account: Account) -> Iterator[Evidence]:
    """Whoever wrote the condition believes that it protects the role.

    Optional conditions on keys that need not be sent, ForAllValues on them, wildcards that match
    everything and keys that speak of the role instead of the caller keep nobody out: that is MEDIUM
    where an outsider gets in through the statement. Others let nobody in: that is MEDIUM where it
    is all that stands before the public, for somebody will repair it. Else it is LOW.
    """
    open_to_outsiders = {
        (access.role.arn, access.passage.party.label)
        for access in accesses(account)
        if not access.passage.blocked_by
    }
    for role in account.roles:
        if role.is_service_linked:
            continue
        seen: set[str] = set()
        for party in trusted_parties(role.trust):
            for mistake in mistakes_of(party, account.id):
                if str(mistake.condition) not in seen:
                    seen.add(str(mistake.condition))
                    is_open = (role.arn, party.label) in open_to_outsiders
                    is_grave = is_open if mistake.lets_in else party.principal.is_anyone
                    severity = Severity.MEDIUM if is_grave else Severity.LOW
                    yield graded(_evidence(role, party, mistake), severity, account, role)


def _evidence(role: Role, party: TrustedParty, mistake: Mistake) -> Evidence:
    return Evidence(
        resource=role.resource,
        summary=f"{role}: the condition {mistake.condition} {mistake.problem}",
        principal=role.arn,
        commands=trust_commands(role),
        data={"statement": party.label, "condition": str(mistake.condition)},
        verdict="granted" if mistake.lets_in else None,
        occasion=str(mistake.condition),
    )
