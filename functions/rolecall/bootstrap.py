"""The composition root: which adapter stands behind which port.

Functions build their use case once for each process and keep it while the process is warm. What
judges events is put together in `event_parts`, what the command line asks for in `command_parts`.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from rolecall import shared_parts as shared
from rolecall.adapters.iam_accounts import IAMAccounts
from rolecall.adapters.iam_parts import PER_USER_PARTS
from rolecall.adapters.organizations_directory import OrganizationsDirectory, OwnAccountDirectory
from rolecall.adapters.settings_file import read_function_people
from rolecall.adapters.sns_messages import SNSMessages
from rolecall.catalog import CHECKS
from rolecall.change_parts import record_principals
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.services.audit import Audit
from rolecall.services.cover import Cover
from rolecall.services.list_accounts import ListAccounts
from rolecall.services.notify import Notify
from rolecall.services.ports import Directory
from rolecall.services.record_principals import RecordPrincipals
from rolecall.services.weigh_changes import WeighChanges


@cache
def audit() -> Audit:
    """Return the use case of the check functions."""
    accounts = replace(
        _accounts(),
        wanted=frozenset(Part) - (frozenset() if _asks_per_user() else PER_USER_PARTS),
        people=read_function_people(),
    )
    coverage = shared.coverage()
    return Audit(
        accounts,
        shared.findings(),
        coverage,
        CHECKS,
        shared.settings(),
        shared.exceptions(),
        _afterwards(),
    )


@cache
def weigh_changes() -> WeighChanges:
    """Return the use case of the queue of accounts in which permissions may have changed."""
    # Policies are all that it takes: a new credential report would keep everybody waiting.
    accounts = replace(_accounts(), wanted=frozenset(), reads_report=False)
    return WeighChanges(accounts, _record_principals())


def _accounts() -> IAMAccounts:
    return IAMAccounts(
        session=shared.session(),
        # The function that writes the coverage reads no account and is told of no role.
        role_name=os.environ.get("ROLECALL_READER_ROLE"),
        organization=shared.coverage().organization,
        clock=shared.now,
    )


def _afterwards() -> Mapping[str, Callable[[Account], object]]:
    """Return what else is made of snapshots: records of principals, where there is a table."""
    if "ROLECALL_PRINCIPALS_TABLE" not in os.environ:
        return {}
    return {"over-privilege": _record_principals().run}


def _record_principals() -> RecordPrincipals:
    return record_principals(
        shared.session(), shared.findings(), shared.settings(), shared.exceptions()
    )


def _asks_per_user() -> bool:
    """Tell whether the deployer lets IAM be asked about one user at a time."""
    return os.environ.get("ROLECALL_PER_USER_CALLS", "true") == "true"


@cache
def cover() -> Cover:
    """Return the use case that ends a run."""
    return Cover(audit(), shared.now)


@cache
def list_accounts() -> ListAccounts:
    """Return the use case that begins a run."""
    return ListAccounts(_directory(), shared.coverage())


@cache
def notify() -> Notify:
    """Return the use case of the findings table's stream."""
    client = shared.session().client("sns", config=shared.RETRIES)
    messages = SNSMessages(client, os.environ["ROLECALL_TOPIC_ARN"])
    return Notify(messages, shared.settings().notifications)


def _directory() -> Directory:
    if os.environ.get("ROLECALL_ORGANIZATION_ID"):
        return OrganizationsDirectory(shared.session(), os.environ.get("ROLECALL_READER_ROLE"))
    return OwnAccountDirectory(shared.session())
