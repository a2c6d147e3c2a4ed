"""A CloudTrail event as a value: parsed once at the edge, judged everywhere."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rolecall.model.actor import Actor, parse_actor
from rolecall.model.event_pattern import REFUSALS
from rolecall.model.record import Fields, MalformedEventError, type_name

if TYPE_CHECKING:
    from rolecall.model.pipelines import Pipeline


@dataclass(frozen=True, slots=True)
class CloudTrailEvent:
    """One API call or sign-in, as CloudTrail recorded it.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
    """

    id: str
    name: str
    source: str
    type: str
    region: str
    account_id: str
    at: datetime
    actor: Actor
    request: Mapping[str, Any]
    response: Mapping[str, Any]
    error: str
    """The error code of a call that failed, such as `AccessDenied`; empty for a success."""
    source_ip: str
    user_agent: str
    is_read_only: bool
    is_from_console: bool
    """Whether the session was opened in the console's browser."""
    extra: Mapping[str, Any]
    """`additionalEventData`, such as whether a sign-in used MFA."""
    pipeline: "Pipeline | None" = None
    """What made the change from code, once `Pipelines` recognized it; None for changes by hand."""

    @classmethod
    def parse(cls, record: object) -> "CloudTrailEvent":
        """Read a CloudTrail record, or the EventBridge event that carries one in `detail`.

        Raises MalformedEventError naming the field that is missing or of another type.
        """
        fields = Fields(_unwrap(record))
        actor = parse_actor(fields.mapping("userIdentity"))
        return cls(
            id=fields.text("eventID") or _id_of_content(fields.values),
            name=fields.text("eventName", required=True),
            source=fields.text("eventSource", required=True),
            type=fields.text("eventType"),
            region=fields.text("awsRegion", required=True),
            account_id=_account_id(fields, actor),
            at=fields.time("eventTime"),
            actor=actor,
            request=fields.mapping("requestParameters").values,
            response=fields.mapping("responseElements").values,
            error=fields.text("errorCode"),
            source_ip=fields.text("sourceIPAddress"),
            user_agent=fields.text("userAgent"),
            is_read_only=fields.flag("readOnly"),
            is_from_console=fields.flag("sessionCredentialFromConsole"),
            extra=fields.mapping("additionalEventData").values,
        )

    @property
    def succeeded(self) -> bool:
        """Whether the call did what it asked for; failed sign-in events carry no error code."""
        return not self.error and self.response.get(self.name) != "Failure"

    @property
    def was_refused(self) -> bool:
        """Whether AWS refused the call for want of a permission.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
        """
        return self.error.rpartition(".")[2].startswith(REFUSALS)

    @property
    def is_made_by_aws(self) -> bool:
        """Whether AWS acted of its own accord, or recorded what befell the account."""
        return self.actor.is_aws_itself or self.type == "AwsServiceEvent"

    @property
    def is_from_code(self) -> bool:
        """Whether CloudFormation or a declared pipeline made it: nobody else can pass for them."""
        return self.actor.is_deployment or (self.pipeline is not None and self.pipeline.is_sure)

    @property
    def other_user(self) -> str:
        """The IAM user whom the call names; empty where it names none or the caller itself."""
        name = self.requested("userName")
        return "" if name == self.actor.user_name else name

    @property
    def partition(self) -> str:
        """The partition that the event's region belongs to."""
        prefix = self.region.partition("-")[0]
        if self.region.startswith("us-gov-"):
            return "aws-us-gov"
        return "aws-cn" if prefix == "cn" else "aws"

    def iam_arn(self, resource: str) -> str:
        """Return the ARN of an IAM resource of the event's account, such as `user/alice`.

        Events name users and roles without their path: the ARN is right for those at path `/`.
        """
        return f"arn:{self.partition}:iam::{self.account_id}:{resource}"

    def requested(self, name: str) -> str:
        """Return a request parameter that should be text; empty where it is not."""
        value = self.request.get(name)
        return value if isinstance(value, str) else ""

    def answered(self, member: str, name: str) -> str:
        """Return a text of an object in the response; empty where it is not there."""
        answer = self.response.get(member)
        value = answer.get(name) if isinstance(answer, Mapping) else None
        return value if isinstance(value, str) else ""


def _unwrap(record: object) -> Mapping[str, Any]:
    if not isinstance(record, Mapping):
        raise MalformedEventError(f"the record should be an object, it is {type_name(record)}")
    detail = record.get("detail")
    if "eventName" in record or not isinstance(detail, Mapping):
        return record
    # The envelope's account is the one whose bus saw the event: true even where a record lacks it.
    return {"recipientAccountId": record.get("account"), **detail}


def _id_of_content(record: Mapping[str, Any]) -> str:
    """Name a record that has no id, as those of version 1.0: the same record, the same name."""
    content = json.dumps(record, sort_keys=True, default=str)
    return f"content-{hashlib.sha256(content.encode()).hexdigest()[:32]}"


def _account_id(fields: Fields, actor: Actor) -> str:
    account_id = fields.text("recipientAccountId") or actor.account_id
    if not account_id:
        raise MalformedEventError("neither recipientAccountId nor userIdentity.accountId is there")
    return account_id
