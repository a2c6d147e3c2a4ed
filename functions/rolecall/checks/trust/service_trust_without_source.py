"""Roles that an AWS service may use for anybody: the confused deputy across services."""

# Longer than 60 lines because which services say for whom they act is data.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.sources import Source, source_of
from rolecall.model.admission.telling import trust_commands
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.principals import Role
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.trust import trusted_parties


@Check(
    id="service-trust-without-source",
    title="Services assume roles only for this account's own resources",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Demand aws:SourceAccount with StringEquals, and aws:SourceArn with ArnLike where one"
        " resource uses the role."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention",
    ),
)
def service_trust_without_source(
    account: Account, *, needs_arn: bool = False, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """Somebody in another account tells the service to use your role, and the service does.

    Judged are only the services of which AWS documents that they say for whom they act when they
    assume a role; EC2, Lambda and most others take no role of another account, so that there is
    nothing to confuse. With `needs_arn` the account alone is not enough: the source has to be a
    resource. A source outside the organization, other than `trusted_accounts`, is HIGH.
    """
    for role in account.roles:
        if role.is_service_linked:
            continue
        told_of: set[str] = set()
        for party in trusted_parties(role.trust):
            source = source_of(
                account, role, party, needs_arn=needs_arn, trusted_accounts=trusted_accounts
            )
            if source and source.service not in told_of:
                told_of.add(source.service)
                yield graded(_evidence(role, source), source.severity, account, role)


def _evidence(role: Role, source: Source) -> Evidence:
    return Evidence(
        resource=role.resource,
        summary=f"{role}: {source.service} may use it {source.problem}",
        principal=role.arn,
        commands=trust_commands(role),
        data={"service": source.service, "statement": source.statement},
        verdict="conditional",
        occasion=source.service,
    )
