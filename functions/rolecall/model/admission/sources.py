"""Which services say for whom they assume a role, and what a trust policy makes of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.model.access_graph.trust import service_of
from rolecall.model.account import Account
from rolecall.model.admission.gate import denies
from rolecall.model.admission.owners import SOURCE_KEYS, Owner, owner_of, says_something
from rolecall.model.admission.terms import holds_without
from rolecall.model.federation.tokens import demanded_by_deny
from rolecall.model.principals import Role
from rolecall.model.severity import Severity
from rolecall.model.trust import TrustedParty
from rolecall.policy import Condition, Statement
from rolecall.policy.arn import parse_arn
from rolecall.policy.context import Context
from rolecall.policy.wildcards import is_literal

_GUIDE = "https://docs.aws.amazon.com"
_DEPUTY = "cross-service-confused-deputy-prevention.html"
ACTING_FOR_SOMEBODY: dict[str, str] = {
    "access-grants.s3": f"{_GUIDE}/AmazonS3/latest/userguide/access-grants-location-register.html",
    "apidestinations.events": f"{_GUIDE}/eventbridge/latest/userguide/{_DEPUTY}",
    "appflow": f"{_GUIDE}/appflow/latest/userguide/{_DEPUTY}",
    "backup": f"{_GUIDE}/aws-backup/latest/devguide/{_DEPUTY}",
    "batchoperations.s3": f"{_GUIDE}/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html",
    "bedrock": f"{_GUIDE}/bedrock/latest/userguide/{_DEPUTY}",
    "bedrock-agentcore": f"{_GUIDE}/bedrock-agentcore/latest/devguide/{_DEPUTY}",
    "chatbot": f"{_GUIDE}/chatbot/latest/adminguide/{_DEPUTY}",
    "cloudformation": f"{_GUIDE}/AWSCloudFormation/latest/UserGuide/{_DEPUTY}",
    "codebuild": f"{_GUIDE}/codebuild/latest/userguide/{_DEPUTY}",
    "codedeploy": f"{_GUIDE}/codedeploy/latest/userguide/{_DEPUTY}",
    "cognito-idp": f"{_GUIDE}/cognito/latest/developerguide/{_DEPUTY}",
    "config": f"{_GUIDE}/config/latest/developerguide/{_DEPUTY}",
    "datasync": f"{_GUIDE}/datasync/latest/userguide/{_DEPUTY}",
    "events": f"{_GUIDE}/eventbridge/latest/userguide/{_DEPUTY}",
    "firehose": f"{_GUIDE}/firehose/latest/dev/{_DEPUTY}",
    "iot": f"{_GUIDE}/iot/latest/developerguide/{_DEPUTY}",
    "kinesisanalytics": f"{_GUIDE}/kinesisanalytics/latest/java/{_DEPUTY}",
    "logs": f"{_GUIDE}/AmazonCloudWatch/latest/logs/SubscriptionFilters.html",
    "pipes": f"{_GUIDE}/eventbridge/latest/userguide/eb-pipes-permissions.html",
    "rekognition": f"{_GUIDE}/rekognition/latest/dg/{_DEPUTY}",
    "s3": f"{_GUIDE}/AmazonS3/latest/userguide/setting-repl-overview.html",
    "sagemaker": f"{_GUIDE}/sagemaker/latest/dg/security-confused-deputy-prevention.html",
    "scheduler": f"{_GUIDE}/scheduler/latest/UserGuide/{_DEPUTY}",
    "ses": f"{_GUIDE}/ses/latest/dg/eb-policies.html",
    "ssm": f"{_GUIDE}/systems-manager/latest/userguide/{_DEPUTY}",
    "states": f"{_GUIDE}/step-functions/latest/dg/procedure-create-iam-role.html",
    "transcribe": f"{_GUIDE}/transcribe/latest/dg/confused-deputy.html",
    "transfer": f"{_GUIDE}/transfer/latest/userguide/confused-deputy.html",
    "vpc-flow-logs": f"{_GUIDE}/vpc/latest/userguide/flow-logs-iam-role.html",
}
"""Services by the first part of their principal, with the page where AWS says so."""
_FOR_SOMEBODY = Context(
    {
        "aws:principalisawsservice": ("true",),
        "aws:sourceaccount": ("000000000000",),
        "aws:sourceowner": ("000000000000",),
    }
)
"""What is known of a service's request for somebody of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class Source:
    """A service that may use a role for somebody else, and why."""

    service: str
    problem: str
    statement: str
    severity: Severity = Severity.MEDIUM


def source_of(
    account: Account,
    role: Role,
    party: TrustedParty,
    *,
    needs_arn: bool = False,
    trusted_accounts: tuple[str, ...] = (),
) -> Source | None:
    """Return what is wrong with the terms of a service; None where nothing is.

    Whoever names nobody but demands a source means a service, whichever it is.
    """
    sources = [each for each in party.conditions if each.folded_key in SOURCE_KEYS]
    if not (party.principal.kind == "Service" or (party.principal.is_anyone and sources)):
        return None
    sources += _of_denies(account, role, party)
    demanded = [each for each in sources if not holds_without(each) and says_something(each)]
    owner = min(
        (owner_of(each, account, trusted_accounts) for each in demanded), default=Owner.ANYBODY
    )
    if owner is Owner.FOREIGN:
        return _for_foreigners(party, demanded)
    service = _acting_for_somebody(party)
    problem = _problem(demanded, owner, needs_arn=needs_arn)
    return Source(service, problem, party.label) if service and problem else None


def _acting_for_somebody(party: TrustedParty) -> str:
    """Name the service; nothing for one of which AWS does not say that it acts for somebody."""
    if party.principal.is_anyone:
        return "any AWS service"
    service = party.principal.value
    name = service_of(service).removesuffix(".amazonaws.com")
    return service if name in ACTING_FOR_SOMEBODY else ""


def _for_foreigners(party: TrustedParty, demanded: list[Condition]) -> Source | None:
    """Tell of sources outside; where anyone is named, the rule about foreign accounts does."""
    if party.principal.is_anyone:
        return None
    values = " or ".join(dict.fromkeys(value for each in demanded for value in each.values))
    severity = Severity.HIGH if _acting_for_somebody(party) else Severity.MEDIUM
    problem = f"for somebody outside the organization: {values}"
    return Source(party.principal.value, problem, party.label, severity)


def _problem(demanded: list[Condition], owner: Owner, *, needs_arn: bool) -> str:
    if not demanded:
        return "for anybody's resources, in any account"
    arns = [each for each in demanded if each.folded_key == "aws:sourcearn"]
    if needs_arn and not any(_names_resources(each) for each in arns):
        return "for more than named resources"
    if owner is Owner.ANYBODY:
        return f"for the resources of {' or '.join(demanded[0].values)}"
    return ""


def _of_denies(account: Account, role: Role, party: TrustedParty) -> Iterator[Condition]:
    """Yield what a Deny demands of sources by denying all others."""
    for _, deny in denies(account, role):
        if not _names(deny, party):
            continue
        for condition in deny.conditions:
            others = [each for each in deny.conditions if each is not condition]
            demanded = demanded_by_deny(condition)
            if demanded is None or condition.folded_key not in SOURCE_KEYS:
                continue
            if all(each.test(_FOR_SOMEBODY) for each in others):
                yield demanded


def _names(deny: Statement, party: TrustedParty) -> bool:
    if deny.not_principals:
        return False
    named = deny.principals
    return not named or any(each.is_anyone or each == party.principal for each in named)


def _names_resources(condition: Condition) -> bool:
    """Tell whether each ARN names its service and more of the resource than a wildcard."""
    found = [parse_arn(value) for value in condition.values]
    return all(
        arn is not None and is_literal(arn.service) and not arn.resource.startswith("*")
        for arn in found
    )
