"""Somebody let strangers call a function."""

from collections.abc import Iterator

from rolecall.model.commands import aws
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.policy.arn import account_of


@Detection(
    id="function-opened",
    title="A Lambda function was opened to anyone, or to another account",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(
            sources=("lambda.amazonaws.com",),
            names=("AddPermission20150331", "AddPermission20150331v2"),
        ),
    ),
    remediation=(
        "Ask the owner of the function whom it is for. If nobody can say: remove the permission,"
        " and look at the function's code and at who called it."
    ),
    references=(
        "https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html",
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.lambda-backdoor-function/",
    ),
    attack=("T1546", "T1098"),
    false_positives=("Functions with a public address, and partners.",),
)
def function_opened(
    event: CloudTrailEvent, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """Whoever may call a function acts with its role, as far as the code lets them.

    Open to anyone is HIGH, to another account MEDIUM. Services that call it are not told.
    """
    who = event.requested("principal")
    name, statement = event.requested("functionName"), event.requested("statementId")
    account = account_of(who) or (who if who.isdecimal() else "")
    is_open = who == "*" and not event.requested("principalOrgID")
    is_foreign = bool(account) and account not in (event.account_id, *trusted_accounts)
    if not event.succeeded or not (is_open or is_foreign):
        return
    yield Evidence(
        resource=Resource("AwsLambdaFunction", name)
        if name.startswith("arn:")
        else Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} let {'anyone' if is_open else who} call function {name}",
        severity=Severity.HIGH if is_open else Severity.MEDIUM,
        commands=(aws("lambda remove-permission", function_name=name, statement_id=statement),)
        if name and statement
        else (),
        data={"function_name": name, "principal": who},
    )
