"""Builders of records and of what became of them."""

from rolecall.model.kept_change import kept_change
from rolecall.model.permission_change import PermissionChange
from rolecall.model.pipelines import Pipelines
from rolecall.model.rights_change import compare_records
from rolecall.services.describe_principal import describe
from tests.builders import ACCOUNT, NOW, account, event, held, role

ADMIN = role("admin", policies=(held("*"),))
DEPLOY = role("ci-deploy", policies=(held(["lambda:CreateFunction", "lambda:InvokeFunction"]),))


def recorded(principal, **fields):
    """Return the record of a principal, in an account with an administrator beside it."""
    roles = [ADMIN] if principal.arn != ADMIN.arn else []
    return describe(account(roles=[*roles, principal], **fields), principal)


def rights_change(before, after):
    """Compare a principal with what it was; None before is a principal that is new."""
    return compare_records(recorded(before) if before else None, recorded(after))


def change_of(*principals, causes=(), **fields):
    """Build a change of these, the gravest first."""
    given = {"account_id": ACCOUNT, "partition": "aws", "since": NOW}
    return PermissionChange(principals=principals, causes=tuple(causes), **{**given, **fields})


def a_call(name="PutRolePolicy", **fields):
    """Build what is kept of an event; the arguments are those of `event`."""
    given = {"request": {"roleName": "ci-deploy", "policyName": "p"}}
    return kept_change(Pipelines().recognized(event(name, **{**given, **fields})))
