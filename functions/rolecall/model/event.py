"""A CloudTrail event as a value: parsed once at the edge, judged everywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rolecall.model.timestamps import parse_time


class MalformedEventError(ValueError):
    """The record is not a CloudTrail event that can be judged; the message names the field."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made the call, from `userIdentity`.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """

    type: str
    arn: str
    account_id: str
    user_name: str
    """The IAM user's name; empty for every other type."""
    role_arn: str
    """The role behind an assumed-role session; empty for every other type."""
    session_name: str
    access_key_id: str
    invoked_by: str
    """The AWS service that called on the actor's behalf; empty for a call of the actor's own."""
    mfa: bool | None
    """Whether the session was opened with MFA; None where the record does not say."""

    @property
    def principal(self) -> str:
        """The ARN of the user, role or root behind the call; sessions count as their role."""
        return self.role_arn or self.arn

    @property
    def is_root(self) -> bool:
        """Whether the account's root user made the call."""
        return self.type == "Root"

    @property
    def is_aws_itself(self) -> bool:
        """Whether AWS acted of its own accord or as the hand of the actor."""
        return bool(self.invoked_by) or self.type == "AWSService"

    def __str__(self) -> str:
        """Name the actor as a person would."""
        if self.is_root:
            return f"the root user of {self.account_id}"
        if self.user_name:
            return f"user {self.user_name}"
        if self.role_arn:
            role = self.role_arn.rpartition("/")[2]
            return f"role {role} (session {self.session_name})"
        return self.arn or self.invoked_by or f"an unnamed {self.type or 'actor'}"


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
    extra: Mapping[str, Any]
    """`additionalEventData`, such as whether a sign-in used MFA."""

    @classmethod
    def parse(cls, record: object) -> "CloudTrailEvent":
        """Read a CloudTrail record, or the EventBridge event that carries one in `detail`.

        Raises MalformedEventError naming the field that is missing or of another type.
        """
        fields = _Fields(_unwrap(record))
        actor = _parse_actor(fields.mapping("userIdentity", required=True))
        return cls(
            id=fields.text("eventID", required=True),
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
            extra=fields.mapping("additionalEventData").values,
        )

    @property
    def succeeded(self) -> bool:
        """Whether the call did what it asked for; a failed sign-in carries no error code."""
        return not self.error and self.response.get("ConsoleLogin") != "Failure"

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


@dataclass(frozen=True, slots=True)
class _Fields:
    values: Mapping[str, Any]

    def text(self, name: str, *, required: bool = False) -> str:
        value = self.values.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value):
            raise MalformedEventError(f"{name} should be text, it is {_type_name(value)}")
        return value

    def flag(self, name: str) -> bool:
        """Read a boolean that older record versions write as text."""
        return self.values.get(name) in (True, "true")

    def time(self, name: str) -> datetime:
        text = self.text(name, required=True)
        try:
            return parse_time(text)
        except ValueError as error:
            raise MalformedEventError(f"{name} is no time: {error}") from error

    def mapping(self, name: str, *, required: bool = False) -> "_Fields":
        value = self.values.get(name)
        if value is None and not required:
            return _Fields({})
        if not isinstance(value, Mapping):
            raise MalformedEventError(f"{name} should be an object, it is {_type_name(value)}")
        return _Fields(value)


def _unwrap(record: object) -> Mapping[str, Any]:
    if not isinstance(record, Mapping):
        raise MalformedEventError(f"the record should be an object, it is {_type_name(record)}")
    detail = record.get("detail")
    if "eventName" in record or not isinstance(detail, Mapping):
        return record
    # The envelope's account is the one whose bus saw the event: true even where a record lacks it.
    return {"recipientAccountId": record.get("account"), **detail}


def _parse_actor(fields: _Fields) -> Actor:
    session = fields.mapping("sessionContext")
    issuer = session.mapping("sessionIssuer")
    role_arn = issuer.text("arn") if issuer.text("type") == "Role" else ""
    arn = fields.text("arn")
    return Actor(
        type=fields.text("type"),
        arn=arn,
        account_id=fields.text("accountId"),
        user_name=fields.text("userName") if fields.text("type") == "IAMUser" else "",
        role_arn=role_arn,
        session_name=arn.rpartition("/")[2] if role_arn else "",
        access_key_id=fields.text("accessKeyId"),
        invoked_by=fields.text("invokedBy"),
        mfa=_mfa(session.mapping("attributes").text("mfaAuthenticated")),
    )


def _mfa(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


def _account_id(fields: _Fields, actor: Actor) -> str:
    account_id = fields.text("recipientAccountId") or actor.account_id
    if not account_id:
        raise MalformedEventError("neither recipientAccountId nor userIdentity.accountId is there")
    return account_id


def _type_name(value: object) -> str:
    names = {type(None): "missing", dict: "an object", list: "a list", str: "empty text"}
    return names.get(type(value), f"a {type(value).__name__}")
