"""What is said of the limits names only what is there."""

import re
from pathlib import Path

from rolecall.catalog import RULES

PAGE = Path(__file__).parents[1] / "docs/not-covered.md"


def test_every_rule_that_is_there_instead_exists():
    named = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", PAGE.read_text()))

    assert named
    assert named <= {rule.id for rule in RULES}


def test_every_row_has_what_why_and_instead():
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("|")]

    assert len(rows) > 10
    assert all(row.count("|") == 4 for row in rows)
