"""Policies that let their holders change every resource of a kind."""

# Longer than 60 lines because what is harmless by nature is named.

from collections.abc import Iterator
from functools import cache

from rolecall.model.access_graph.workloads import is_of_workload
from rolecall.model.account import Account
from rolecall.model.causes import untold_breadth
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import holdings, standing, tell
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import action_index
from rolecall.policy.sensitive import CLASSES, sensitive_bits
from rolecall.policy.sensitive.breadth import breadth_of

_HARMLESS = (
    "*:tag*",
    "*:untag*",
    "cloudwatch:put*",
    "ec2messages:*",
    "logs:create*",
    "logs:putlogevents",
    "ssm:put*inventory*",
    "ssm:put*compliance*",
    "ssm:update*instance*",
    "ssmmessages:*",
    "support:*",
    "xray:*",
)
"""What every program does to be watched and reached."""


@Check(
    id="write-on-everything",
    title="Rights to change resources name the resources",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation="Name the resources that the work needs, by ARN, by a prefix of names or by a tag.",
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    ),
)
def write_on_everything(account: Account) -> Iterator[Evidence]:
    """What can change everything of a kind changes the wrong one some day, without any malice.

    Told are policies written here whose actions could be held to resources and are not. Quiet are
    actions that AWS cannot hold to any, logging and metrics, and policies that give sensitive
    rights: `sensitive-rights` tells of those, as `strong-workload-role` does of rights to manage
    permissions that a workload has.
    """
    writing, sensitive = _writing(), _sensitive()
    for holding in holdings(account):
        whole = breadth_of(holding.policy, account.id)
        if not holding.is_customers or whole.at_most & sensitive:
            continue
        wanted = writing & ~_managing() if is_of_workload(holding.holder) else writing
        found = standing(account, holding.principals, untold_breadth(account, holding), wanted)
        if found.live:
            yield tell(account, holding, found, Severity.LOW, "change every resource")


@cache
def _writing() -> int:
    """Return the actions that write, can be held to resources, and are not harmless."""
    index = action_index()
    written = index.by_level["Write"] | index.by_level["Permissions management"]
    return written & ~index.resource_types.without & ~index.expand_all(_HARMLESS)


def _managing() -> int:
    return action_index().by_level["Permissions management"]


@cache
def _sensitive() -> int:
    together = 0
    for each in CLASSES:
        together |= sensitive_bits(each.id)
    return together
