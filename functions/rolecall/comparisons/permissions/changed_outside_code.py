"""What code describes was changed by hand."""

from collections.abc import Iterator

from rolecall.model.evidence import Evidence
from rolecall.model.permission_change import PermissionChange, is_past
from rolecall.model.permission_changes import PATTERN
from rolecall.model.rights_words import subject
from rolecall.model.rule import Comparison
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Comparison(
    id="changed-outside-code",
    title="A user or role that code describes was changed by other means",
    severity=Severity.MEDIUM,
    patterns=(PATTERN,),
    remediation=(
        "Put the change into the code, or deploy the code again, which undoes it: until then the"
        " next deployment may undo it without anybody meaning to, or fail. Roles whose changes are"
        " all deployments are declared under `[pipelines]` in rolecall.toml."
    ),
    references=(
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html",
        "https://developer.hashicorp.com/terraform/tutorials/state/resource-drift",
    ),
)
def changed_outside_code(change: PermissionChange) -> Iterator[Evidence]:
    """Nobody reviewed what was not in the code, and nobody will find it there.

    Told is a call that names a user or role of a CloudFormation stack or of a Terraform state, by
    its tags, and that was not made by CloudFormation, a declared pipeline or, where none is
    declared, a client that calls itself one; once a day for each actor. What it granted is told by
    permissions-granted.
    """
    for each in change.principals:
        code = each.after.code
        past = [cause for cause in change.causes if cause.names(each.after.arn)]
        past = [cause for cause in past if code and is_past(cause, code)]
        if past and not (each.is_gain or each.is_loss):
            yield Evidence(
                resource=change.resource_of(each.after),
                summary=f"{subject(each.after)} belongs to {code} and was changed past it."
                f" {past[0]}",
                principal=each.after.arn,
                occasion=f"{format_day(past[-1].at)} {past[-1].actor}",
                data={**past[0].facts(), "code": code, "events": [e.document() for e in past]},
            )
