"""Conditions of trust policies that do not do what they look like."""

# Longer than 60 lines because a condition can fail in two directions.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.mistakes import Mistake, mistakes_of
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

    It is MEDIUM where it lets in whom it seems to keep out: optional conditions on keys that need
    not be sent, ForAllValues on them, wildcards that match everything, keys that speak of the role
    instead of the caller. Where it keeps everybody out it is LOW, for somebody will repair it;
    MEDIUM where it is then all that stands before the public.
    """
    for role in account.roles:
        if role.is_service_linked:
            continue
        seen: set[str] = set()
        for party in trusted_parties(role.trust):
            for mistake in mistakes_of(party, account.id):
                if str(mistake.condition) not in seen:
                    seen.add(str(mistake.condition))
                    yield _evidence(account, role, party, mistake)


def _evidence(account: Account, role: Role, party: TrustedParty, mistake: Mistake) -> Evidence:
    is_grave = mistake.lets_in or party.principal.is_anyone
    evidence = Evidence(
        resource=role.resource,
        summary=f"{role}: the condition {mistake.condition} {mistake.problem}",
        principal=role.arn,
        commands=trust_commands(role),
        data={"statement": party.label, "condition": str(mistake.condition)},
        verdict="granted" if mistake.lets_in else None,
        occasion=str(mistake.condition),
    )
    return graded(evidence, Severity.MEDIUM if is_grave else Severity.LOW, account, role)
