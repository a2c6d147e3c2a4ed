"""Rules are found one by one, or all of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import rolecall
from rolecall.catalog import RULES, RulesById, find_rule, is_always_told

LOADED = (
    "import sys; from rolecall.catalog import find_rule; find_rule('access-key-rotation');"
    "print(*(m for m in sys.modules if m.startswith('rolecall.checks.') and m.count('.') == 3))"
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_finds_every_rule_by_its_id(rule):
    assert find_rule(rule.id) is rule or find_rule(rule.id) == rule
    assert rule.id in RulesById()


@pytest.mark.parametrize("rule_id", ["", "no-rule", "passwords", "access_key_rotation", "bursts"])
def test_there_is_no_rule_of_another_name(rule_id):
    assert rule_id not in RulesById()
    assert not is_always_told(rule_id)
    with pytest.raises(KeyError):
        find_rule(rule_id)


def test_all_of_them_are_in_the_mapping():
    assert list(RulesById()) == [rule.id for rule in RULES]
    assert len(RulesById()) == len(RULES)


def test_finding_one_loads_no_other_check():
    environment = {**os.environ, "PYTHONPATH": str(Path(rolecall.__file__).parents[1])}
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", LOADED],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )

    assert ran.stdout.split() == ["rolecall.checks.keys.access_key_rotation"]
