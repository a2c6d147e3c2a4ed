"""The same account judged by other programs, run by the interpreter of their own environment.

`python bench/over_privilege_peer_runs.py NAME FILE` prints how many findings there were. No program
does the same as another: what each is asked for is said beside its function.
"""

from __future__ import annotations

import collections
import collections.abc
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any


def cloudsplaining(details: dict[str, Any]) -> int:
    """Find excessive permissions of all principals, as its own `scan` does, without the report."""
    from cloudsplaining.scan.authorization_details import AuthorizationDetails

    return len(AuthorizationDetails(details).results)


def pmapper(details: dict[str, Any]) -> int:
    """Build the graph of who can become whom, and the findings over it.

    It asks IAM itself, and is given a client that answers from the file; without a session it
    leaves out what other services would have to tell.
    """
    # It imports these from where Python 3.9 still had them.
    vars(collections).update(
        Mapping=collections.abc.Mapping, MutableMapping=collections.abc.MutableMapping
    )
    from principalmapper.analysis.find_risks import gen_all_findings
    from principalmapper.common import Graph
    from principalmapper.graphing import gathering
    from principalmapper.graphing.edge_identification import checker_map, obtain_edges

    found = gathering.get_nodes_groups_and_policies(_Client(details))
    gathering.update_admin_status(found["nodes"])
    edges = obtain_edges(None, list(checker_map), found["nodes"])
    about = {"account_id": "111122223333", "pmapper_version": "1.1.5"}
    graph = Graph(found["nodes"], edges, found["policies"], found["groups"], about)
    return len(gen_all_findings(graph))


class _Client:
    """A client of IAM that answers from a file."""

    def __init__(self, details: dict[str, Any]) -> None:
        self._pages = {
            "get_account_authorization_details": details,
            "list_virtual_mfa_devices": {"VirtualMFADevices": []},
        }

    def get_paginator(self, operation: str) -> Any:  # noqa: ANN401 - botocore's paginator
        return SimpleNamespace(paginate=lambda **_: [self._pages[operation]])

    def list_access_keys(self, **_: str) -> dict[str, Any]:
        return {"AccessKeyMetadata": []}

    def list_mfa_devices(self, **_: str) -> dict[str, Any]:
        return {"MFADevices": []}

    def get_login_profile(self, **_: str) -> dict[str, Any]:
        return {}


if __name__ == "__main__":
    PEERS = {peer.__name__: peer for peer in (cloudsplaining, pmapper)}
    found = PEERS[sys.argv[1]](json.loads(Path(sys.argv[2]).read_text()))
    sys.stdout.write(json.dumps({"findings": found}))
