"""IAM's answers, as boto3 gives them; everything has a default, tests name what they are about."""

import csv
import io
from urllib.parse import quote

from rolecall.model.timestamps import format_time
from rolecall.services.raw_account import CredentialReport, RawAccount
from tests.builders import ACCOUNT, NOW, ORGANIZATION, days_ago, document, trust_of

_HEADER = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
    "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
    "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
    "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
    "cert_1_last_rotated,cert_2_active,cert_2_last_rotated"
)
REPORT_COLUMNS = next(csv.reader([_HEADER]))


def user_detail(name="alice", **fields):
    given = {
        "Path": "/",
        "UserName": name,
        "UserId": "AIDACKCEVSQ6C2EXAMPLE",
        "Arn": f"arn:aws:iam::{ACCOUNT}:user/{name}",
        "CreateDate": days_ago(100),
        "GroupList": [],
        "AttachedManagedPolicies": [],
        "Tags": [],
    }
    return {**given, **fields}


def role_detail(name="deploy", **fields):
    given = {
        "Path": "/",
        "RoleName": name,
        "RoleId": "AROACKCEVSQ6C2EXAMPLE",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/{name}",
        "CreateDate": days_ago(100),
        "AssumeRolePolicyDocument": trust_of({"Service": "lambda.amazonaws.com"}),
        "InstanceProfileList": [],
        "RolePolicyList": [],
        "AttachedManagedPolicies": [],
        "Tags": [],
        "RoleLastUsed": {},
    }
    return {**given, **fields}


def group_detail(name="admins", **fields):
    given = {
        "Path": "/",
        "GroupName": name,
        "GroupId": "AGPACKCEVSQ6C2EXAMPLE",
        "Arn": f"arn:aws:iam::{ACCOUNT}:group/{name}",
        "CreateDate": days_ago(100),
        "GroupPolicyList": [],
        "AttachedManagedPolicies": [],
    }
    return {**given, **fields}


def policy_detail(name="deployers", *, of_aws=False, text=None, **fields):
    """Build a managed policy whose older version allows everything and default version `text`."""
    given = {
        "PolicyName": name,
        "PolicyId": "ANPACKCEVSQ6C2EXAMPLE",
        "Arn": policy_arn(name, of_aws=of_aws),
        "Path": "/",
        "DefaultVersionId": "v2",
        "AttachmentCount": 1,
        "IsAttachable": True,
        "PolicyVersionList": [
            {"VersionId": "v1", "IsDefaultVersion": False, "Document": document()},
            {
                "VersionId": "v2",
                "IsDefaultVersion": True,
                "Document": text or document("s3:GetObject"),
            },
        ],
    }
    return {**given, **fields}


def policy_arn(name="deployers", *, of_aws=False):
    return f"arn:aws:iam::{'aws' if of_aws else ACCOUNT}:policy/{name}"


def attached(*names, of_aws=False):
    return [{"PolicyName": name, "PolicyArn": policy_arn(name, of_aws=of_aws)} for name in names]


def inline(name="inline", text=None):
    return {"PolicyName": name, "PolicyDocument": text or document("s3:GetObject")}


def boundary(name="limit", *, of_aws=False):
    return {
        "PermissionsBoundaryType": "Policy",
        "PermissionsBoundaryArn": policy_arn(name, of_aws=of_aws),
    }


def page(*, users=(), groups=(), roles=(), policies=()):
    return {
        "UserDetailList": list(users),
        "GroupDetailList": list(groups),
        "RoleDetailList": list(roles),
        "Policies": list(policies),
        "IsTruncated": False,
    }


def encoded(text):
    """Encode a document's JSON as IAM sends it."""
    return quote(text, safe="")


def report_row(name="alice", **fields):
    """Build a row of a user without any credential."""
    given = {
        **dict.fromkeys(REPORT_COLUMNS, "N/A"),
        "user": name,
        "arn": f"arn:aws:iam::{ACCOUNT}:user/{name}",
        "user_creation_time": format_time(days_ago(100)),
        "password_enabled": "false",
        "mfa_active": "false",
        "access_key_1_active": "false",
        "access_key_2_active": "false",
        "cert_1_active": "false",
        "cert_2_active": "false",
    }
    return {**given, **fields}


def root_row(**fields):
    given = {
        "arn": f"arn:aws:iam::{ACCOUNT}:root",
        "password_enabled": "not_supported",
        "password_last_used": "no_information",
        "password_last_changed": "not_supported",
        "password_next_rotation": "not_supported",
    }
    return report_row("<root_account>", **{**given, **fields})


def key_1(*, days_old=10, active=True, used="N/A", **fields):
    """Build the columns of a user's first key; `used` is a time or a word of the report."""
    return {
        "access_key_1_active": str(active).lower(),
        "access_key_1_last_rotated": format_time(days_ago(days_old)),
        "access_key_1_last_used_date": used,
        **fields,
    }


def key_2(**fields):
    columns = key_1(**fields)
    return {name.replace("key_1", "key_2"): value for name, value in columns.items()}


def report_text(*rows, columns=REPORT_COLUMNS):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def report(*rows, generated_at=NOW):
    return CredentialReport(report_text(root_row(), *rows), generated_at)


def raw(*pages, report=report(), **fields):  # noqa: B008 - a frozen value
    given = {
        "id": ACCOUNT,
        "taken_at": NOW,
        "details": pages,
        "report": report,
        "organization": ORGANIZATION,
    }
    return RawAccount(**{**given, **fields})
