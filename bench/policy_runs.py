"""What is measured of the policy engine, each in a process of its own.

`python -m bench.policy_runs NAME [FILE]` prints one JSON object: CPU seconds, megabytes, counts.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolecall.policy import Policy, PolicySet

_REQUESTS = 5000
_QUESTIONS = (
    ("s3:GetObject", "arn:aws:s3:::payments-1/report.csv"),
    ("iam:PassRole", "arn:aws:iam::111122223333:role/role-1"),
    ("ec2:DescribeInstances", "*"),
)
_CONTEXT = {
    "aws:MultiFactorAuthPresent": "true",
    "aws:RequestedRegion": "eu-west-1",
    "aws:SourceIp": "192.0.2.7",
}


def cold_start() -> dict[str, float]:
    """Import the engine and load the action index."""
    started = time.process_time()
    from rolecall.policy import action_index

    imported = time.process_time()
    action_index()
    return {"import": imported - started, "index": time.process_time() - imported}


def effective_sets(path: str) -> dict[str, float]:
    """Parse every policy of an account and compute the effective set of every principal."""
    from rolecall.policy import granted

    details = json.loads(Path(path).read_text())
    started = time.process_time()
    principals = dict(_principals(details))
    parsed = time.process_time()
    grants = [granted(policies) for policies in principals.values()]
    finished = time.process_time()
    return {
        "parse": parsed - started,
        "sets": finished - parsed,
        "both": finished - started,
        "principals": len(grants),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def decisions(path: str) -> dict[str, float]:
    """Decide requests of an account's principals, in complete contexts, over and over."""
    from rolecall.policy import Request

    principals = dict(_principals(json.loads(Path(path).read_text())))
    chance = random.Random(1)  # noqa: S311 - no secret is made
    arns = chance.choices(list(principals), k=_REQUESTS)
    asked = chance.choices(_QUESTIONS, k=_REQUESTS)
    return _rate(
        [
            (Request(arn, *question, _CONTEXT, context_is_complete=True), principals[arn])
            for arn, question in zip(arns, asked, strict=True)
        ],
    )


def rows(path: str) -> dict[str, float]:
    """Decide the rows of a file for `rolecall simulate`, over and over."""
    from rolecall.services.simulate import read_question

    questions = map(read_question, map(json.loads, Path(path).read_text().splitlines()))
    return _rate([(question.request, question.policies) for question in questions])


def _rate(cases: list[tuple[Any, PolicySet]]) -> dict[str, float]:
    from rolecall.policy import decide

    for request, policies in cases:
        decide(request, policies)
    rounds, started = 0, time.process_time()
    while time.process_time() - started < 1:
        for request, policies in cases:
            decide(request, policies)
        rounds += 1
    return {"a second": rounds * len(cases) / (time.process_time() - started)}


def _principals(details: dict[str, Any]) -> Iterator[tuple[str, PolicySet]]:
    from rolecall.policy import PolicySet

    managed = {
        policy["Arn"]: _parse(version["Document"], policy["PolicyName"])
        for policy in details["Policies"]
        for version in policy["PolicyVersionList"]
        if version["IsDefaultVersion"]
    }
    groups = {
        group["GroupName"]: _held(group, "GroupPolicyList", managed)
        for group in details["GroupDetailList"]
    }
    kinds = (("UserDetailList", "UserPolicyList"), ("RoleDetailList", "RolePolicyList"))
    for kind, inline in kinds:
        for principal in details[kind]:
            held = _held(principal, inline, managed)
            held += [policy for name in principal.get("GroupList", ()) for policy in groups[name]]
            boundary = principal.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
            yield (
                principal["Arn"],
                PolicySet(
                    identity=tuple(held),
                    boundary=managed[boundary] if boundary else None,
                    account_id=principal["Arn"].split(":")[4],
                ),
            )


def _held(holder: dict[str, Any], inline: str, managed: dict[str, Policy]) -> list[Policy]:
    own = [_parse(p["PolicyDocument"], p["PolicyName"]) for p in holder.get(inline, ())]
    return own + [managed[p["PolicyArn"]] for p in holder["AttachedManagedPolicies"]]


def _parse(document: dict[str, Any], name: str) -> Policy:
    from rolecall.policy import Policy

    return Policy.parse(document, name=name)


if __name__ == "__main__":
    RUNS = {run.__name__: run for run in (cold_start, effective_sets, decisions, rows)}
    sys.stdout.write(json.dumps(RUNS[sys.argv[1]](*sys.argv[2:])))
