"""Values for tests: everything has a default, so that a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from itertools import count

from rolecall.model.account import Account
from rolecall.model.completeness import PRESENT, Part
from rolecall.model.credentials import (
    NEVER_USED,
    AccessKey,
    Credentials,
    LastUse,
    Password,
    Use,
)
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Resource
from rolecall.model.exceptions import RuleException
from rolecall.model.finding import Finding, Status
from rolecall.model.organization import Organization
from rolecall.model.principals import Group, HeldPolicy, PolicyKind, Role, User
from rolecall.model.severity import Severity
from rolecall.policy import Policy

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
ACCOUNT = "111122223333"
HUB = "444455556666"
FOREIGN = "777788889999"
KEY_ID = "AKIAIOSFODNN7EXAMPLE"
ORGANIZATION = Organization("o-exampleorgid", frozenset({ACCOUNT, HUB}))

_event_numbers = count(1)


def days_ago(days, **more):
    return NOW - timedelta(days=days, **more)


def access_key(*, days_old=0, active=True, used=None, **fields):
    """Build a key; `used` is how many days ago it was last used, None for never."""
    given = {
        "number": 1,
        "is_active": active,
        "created_at": days_ago(days_old),
        "last_use": last_use(used),
        "id": KEY_ID,
    }
    return AccessKey(**{**given, **fields})


def last_use(used):
    return NEVER_USED if used is None else LastUse(Use.USED, days_ago(used), "s3", "eu-west-1")


def password(*, used=None, days_old=0):
    return Password(last_use=last_use(used), changed_at=days_ago(days_old))


def user(name="alice", *, keys=(), password=None, mfa=False, days_old=0, **fields):
    given = {
        "name": name,
        "arn": f"arn:aws:iam::{ACCOUNT}:user/{name}",
        "created_at": days_ago(days_old),
        "credentials": Credentials(password=password, has_mfa=mfa, access_keys=tuple(keys)),
    }
    return User(**{**given, **fields})


def root(*, keys=(), password=None, mfa=True, **fields):
    """Build the root user; further arguments are those of Credentials."""
    return User(
        name="root",
        arn=f"arn:aws:iam::{ACCOUNT}:root",
        created_at=days_ago(1000),
        credentials=Credentials(password=password, has_mfa=mfa, access_keys=tuple(keys), **fields),
    )


def role(name="deploy", *, trust=None, **fields):
    given = {
        "name": name,
        "arn": f"arn:aws:iam::{ACCOUNT}:role/{name}",
        "created_at": days_ago(10),
        "trust": Policy.parse(trust or trust_of({"Service": "lambda.amazonaws.com"})),
    }
    return Role(**{**given, **fields})


def trust_of(principal, condition=None, effect="Allow"):
    """Build the document of a trust policy with one statement."""
    statement = {"Effect": effect, "Principal": principal, "Action": "sts:AssumeRole"}
    if condition:
        statement["Condition"] = condition
    return {"Version": "2012-10-17", "Statement": [statement]}


def group(name="admins", **fields):
    return Group(name=name, arn=f"arn:aws:iam::{ACCOUNT}:group/{name}", **fields)


def document(action="*", resource="*", effect="Allow", **statement):
    """Return a policy document of one statement; an element that is None is left out."""
    elements = {"Effect": effect, "Action": action, "Resource": resource, **statement}
    given = {name: value for name, value in elements.items() if value is not None}
    return {"Version": "2012-10-17", "Statement": [given]}


def held(*args, name="policy", kind=PolicyKind.INLINE, arn=None, group=None, **statement):
    """Build a held policy; the arguments are those of `document`."""
    parsed = Policy.parse(document(*args, **statement), name=name)
    return HeldPolicy(name=name, kind=kind, policy=parsed, arn=arn, group=group)


def account(*users, roles=(), lacking=(), **fields):
    """Build a snapshot of which every part is known but those in `lacking`."""
    given = {
        "parts": {part: PRESENT for part in Part if part not in lacking},
        "id": ACCOUNT,
        "taken_at": NOW,
        "users": users,
        "roles": tuple(roles),
        "organization": ORGANIZATION,
    }
    return Account(**{**given, **fields})


def record(name="CreateUser", *, actor=None, source="iam.amazonaws.com", **fields):
    """Build a CloudTrail record as a mapping; `request`, `response` and `error` are short names."""
    short = {
        "request": "requestParameters",
        "response": "responseElements",
        "error": "errorCode",
        "region": "awsRegion",
    }
    given = {
        "eventVersion": "1.11",
        "userIdentity": actor or user_identity("mallory"),
        "eventTime": "2026-11-23T12:00:00Z",
        "eventSource": source,
        "eventName": name,
        "awsRegion": "us-east-1",
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "aws-cli/2.31.0",
        "requestParameters": None,
        "responseElements": None,
        "eventID": f"00000000-0000-4000-8000-{next(_event_numbers):012}",
        "readOnly": False,
        "eventType": "AwsApiCall",
        "recipientAccountId": ACCOUNT,
    }
    return {**given, **{short.get(key, key): value for key, value in fields.items()}}


def event(name="CreateUser", **fields):
    """Build a parsed event; the arguments are those of `record`."""
    return CloudTrailEvent.parse(record(name, **fields))


def envelope(detail):
    """Wrap a record as EventBridge delivers it."""
    return {
        "version": "0",
        "id": detail.get("eventID", "none"),
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws." + detail.get("eventSource", "iam.").partition(".")[0],
        "account": ACCOUNT,
        "time": "2026-11-23T12:00:05Z",
        "region": "us-east-1",
        "resources": [],
        "detail": detail,
    }


def user_identity(name):
    return {
        "type": "IAMUser",
        "principalId": "AIDACKCEVSQ6C2EXAMPLE",
        "arn": f"arn:aws:iam::{ACCOUNT}:user/{name}",
        "accountId": ACCOUNT,
        "accessKeyId": KEY_ID,
        "userName": name.rpartition("/")[2],
    }


def role_identity(name="ci-deploy", session="build-42", path="/", **fields):
    return {
        "type": "AssumedRole",
        "principalId": f"AROACKCEVSQ6C2EXAMPLE:{session}",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{name}/{session}",
        "accountId": ACCOUNT,
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "arn": f"arn:aws:iam::{ACCOUNT}:role{path}{name}",
                "accountId": ACCOUNT,
                "userName": name,
            },
            "attributes": {"mfaAuthenticated": "false"},
        },
        **fields,
    }


def root_identity(**fields):
    arn = f"arn:aws:iam::{ACCOUNT}:root"
    return {"type": "Root", "principalId": ACCOUNT, "arn": arn, "accountId": ACCOUNT, **fields}


def finding(**fields):
    given = {
        "id": f"{ACCOUNT}-0123456789abcdef01234567",
        "rule": "access-key-rotation",
        "kind": "check",
        "account_id": ACCOUNT,
        "region": "global",
        "resource": Resource("AwsIamUser", f"arn:aws:iam::{ACCOUNT}:user/alice"),
        "principal": f"arn:aws:iam::{ACCOUNT}:user/alice",
        "severity": Severity.HIGH,
        "status": Status.OPEN,
        "title": "Access keys are rotated in time",
        "summary": f"user alice: access key {KEY_ID} dates from 2026-01-02",
        "why": "A key works from anywhere.",
        "remediation": "Make a new key.",
        "commands": ("aws iam create-access-key --user-name alice",),
        "references": ("https://docs.aws.amazon.com/IAM/latest/UserGuide/",),
        "compliance": ("CIS AWS Foundations 5.0.0 1.13",),
        "evidence": {"access_key_id": KEY_ID},
        "first_seen_at": NOW,
        "changed_at": NOW,
        "source": "key-rotation/run-1",
    }
    return Finding(**{**given, **fields})


def an_exception(**fields):
    given = {
        "owner": "ops@example.com",
        "reason": "it is known",
        "ends_on": (NOW + timedelta(days=30)).date(),
        "origin": "exceptions[1]",
    }
    return RuleException(**{**given, **fields})
