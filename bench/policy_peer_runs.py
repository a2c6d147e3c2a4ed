"""The same work by other programs, run by the interpreter of their own environment.

`python bench/policy_peer_runs.py NAME FILE` prints the CPU seconds as JSON. No program does the
same as another: what each is asked for is said beside its function.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def cloudsplaining(details: dict[str, Any]) -> None:
    """Find excessive permissions of all principals, as its own `scan` does, without the report."""
    from cloudsplaining.scan.authorization_details import AuthorizationDetails

    _ = AuthorizationDetails(details).results


def policyuniverse(details: dict[str, Any]) -> None:
    """Expand the wildcards of all documents."""
    from policyuniverse.expander_minimizer import expand_policy

    for document in _documents(details):
        expand_policy(policy=document)


def parliament(details: dict[str, Any]) -> None:
    """Analyze all documents."""
    from parliament import analyze_policy_string

    for document in _documents(details):
        analyze_policy_string(json.dumps(document))


def _documents(details: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for policy in details["Policies"]:
        for version in policy["PolicyVersionList"]:
            yield version["Document"]
    for kind in ("User", "Group", "Role"):
        for holder in details[f"{kind}DetailList"]:
            for policy in holder.get(f"{kind}PolicyList", ()):
                yield policy["PolicyDocument"]


if __name__ == "__main__":
    PEERS = {peer.__name__: peer for peer in (cloudsplaining, policyuniverse, parliament)}
    account = json.loads(Path(sys.argv[2]).read_text())
    started = time.process_time()
    PEERS[sys.argv[1]](account)
    sys.stdout.write(json.dumps({"all": time.process_time() - started}))
