"""Escalation paths over policies that the actor writes, where it may attach no others.

Each path of `iam` that attaches a policy of administrators is here twice more: with a policy that
the actor creates, and with one of the account's that it rewrites. They matter where policies limit
what is attached, with the condition key iam:PolicyARN.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from dataclasses import replace

from rolecall.policy.escalation import iam
from rolecall.policy.escalation.path import Attached, EscalationPath, anything

_SOURCE = (
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html"
)


def _with(path: EscalationPath, attached: Attached, action: str, how: str) -> EscalationPath:
    needs = (replace(each, attached=attached) if each.attaches else each for each in path.needs)
    then = path.how.replace("a policy of administrators", "it")
    return replace(
        path,
        id=f"{path.id}-{attached.name.lower()}-policy",
        name=f"{action} + {path.name}",
        needs=(*anything(action), *needs),
        how=f"{how}, {then}" if " and " in then else f"{how} and {then}",
        sources=(*path.sources, _SOURCE),
    )


PATHS = tuple(
    _with(path, attached, action, how)
    for attached, action, how in (
        (Attached.CREATED, "iam:CreatePolicy", "makes a policy that allows everything"),
        (Attached.REWRITTEN, "iam:CreatePolicyVersion", "rewrites a policy to allow everything"),
    )
    for path in iam.PATHS
    if any(need.attaches for need in path.needs)
)
