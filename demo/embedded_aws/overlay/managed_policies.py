"""All policies that AWS manages, with their documents; MiniStack knows 34 of them, moto 1,582."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import importlib.util
import json
from pathlib import Path
from typing import Any

from demo.embedded_aws.emulator import iam


def _from_moto() -> dict[str, dict[str, Any]]:
    """Read moto's table without importing moto itself, which would take a second."""
    package = importlib.util.find_spec("moto")
    if package is None or package.origin is None:
        raise RuntimeError("The embedded AWS takes AWS's managed policies from moto: make setup")
    path = Path(package.origin).parent / "iam" / "aws_managed_policies.py"
    spec = importlib.util.spec_from_file_location("aws_managed_policies", path)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{path} cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    policies: dict[str, dict[str, Any]] = json.loads(module.aws_managed_policies_data)
    return policies


def _record(name: str, policy: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = iam._make_aws_managed_record(
        policy["Path"].strip("/") + "/" + name if policy["Path"] != "/" else name,
        json.dumps(policy["Document"]),
    )
    version = policy["DefaultVersionId"]
    document = {
        **record["Versions"]["v1"],
        "VersionId": version,
        "CreateDate": policy["UpdateDate"],
    }
    return {
        **record,
        "CreateDate": policy["CreateDate"],
        "UpdateDate": policy["UpdateDate"],
        "DefaultVersionId": version,
        "Versions": {version: document},
    }


for _name, _policy in _from_moto().items():
    _made = _record(_name, _policy)
    iam._aws_managed_policies[_made["Arn"]] = _made
