"""Which services say for whom they assume a role, and what a trust policy makes of it."""

from dataclasses import dataclass

from rolecall.model.access_graph.trust import service_of
from rolecall.model.admission.terms import holds_without
from rolecall.model.trust import TrustedParty
from rolecall.policy import Condition
from rolecall.policy.arn import parse_arn
from rolecall.policy.wildcards import is_literal, matches

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
_ACCOUNT_KEYS = ("aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths")


@dataclass(frozen=True, slots=True)
class Source:
    """A service that may use a role for somebody else, and why."""

    service: str
    problem: str
    statement: str


def source_of(party: TrustedParty, account_id: str, *, needs_arn: bool) -> Source | None:
    """Return what is wrong with the terms of a service; None where nothing is.

    Whoever names nobody but demands a source means a service, whichever it is.
    """
    sources = [each for each in party.conditions if _is_about_source(each)]
    if party.principal.kind == "Service":
        service = party.principal.value
        name = service_of(service).removesuffix(".amazonaws.com")
        if name not in ACTING_FOR_SOMEBODY:
            return None
    elif party.principal.is_anyone and sources:
        service = "any AWS service"
    else:
        return None
    problem = _problem(sources, account_id, needs_arn=needs_arn)
    return Source(service, problem, party.label) if problem else None


def _problem(sources: list[Condition], account_id: str, *, needs_arn: bool) -> str:
    demanded = [each for each in sources if not holds_without(each) and _says_something(each)]
    if not demanded:
        return "for anybody's resources, in any account"
    arns = [each for each in demanded if each.folded_key == "aws:sourcearn"]
    if needs_arn and not any(_names_resources(each) for each in arns):
        return "for more than named resources"
    if len(arns) == len(demanded) and not any(_is_narrow(each, account_id) for each in arns):
        return f"for the resources of {' or '.join(arns[0].values)}"
    return ""


def _is_about_source(condition: Condition) -> bool:
    return condition.folded_key == "aws:sourcearn" or condition.folded_key in _ACCOUNT_KEYS


def _says_something(condition: Condition) -> bool:
    return all(value.strip("*?") for value in condition.values)


def _is_narrow(condition: Condition, account_id: str) -> bool:
    """Tell whether the ARNs leave no other account's resources in."""
    return all(_has_owner(value, account_id) for value in condition.values)


def _has_owner(pattern: str, account_id: str) -> bool:
    arn = parse_arn(pattern)
    if arn is None:
        return False
    if not arn.account_id:
        return not arn.resource.startswith("*")  # a bucket, which its name tells from all others
    return is_literal(arn.account_id) or matches(arn.account_id, account_id) is False


def _names_resources(condition: Condition) -> bool:
    """Tell whether each ARN names its service and more of the resource than a wildcard."""
    found = [parse_arn(value) for value in condition.values]
    return all(
        arn is not None and is_literal(arn.service) and not arn.resource.startswith("*")
        for arn in found
    )
