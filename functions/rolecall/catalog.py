"""Finds the rules in their folders: a file under `checks`, `comparisons`, `detections` is a rule.

Detections that differ from their siblings in data only are rows of a table: a file with `ROWS`.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from rolecall import checks, comparisons, detections
from rolecall.model.rule import Check, Comparison, Detection, Rule

if TYPE_CHECKING:
    from rolecall.model.detection_row import Row

_AnyRule = TypeVar("_AnyRule", Check, Comparison, Detection)


def _modules_in(package: ModuleType) -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.ispkg:
            yield import_module(module.name)


def _rule_of(module: ModuleType, kind: type[_AnyRule]) -> _AnyRule:
    """Return the rule that is named like its module."""
    rule = getattr(module, module.__name__.rpartition(".")[2], None)
    if not isinstance(rule, kind):
        # A file without its rule would be a check that silently never runs.
        raise TypeError(f"{module.__name__} holds no {kind.__name__} of its own name")
    return rule


def _detections_of(module: ModuleType) -> Iterator[Detection]:
    rows: tuple[Row, ...] = getattr(module, "ROWS", ())
    if rows:
        yield from (row.detection() for row in rows)
    else:
        yield _rule_of(module, Detection)


def _by_id(rule: Rule) -> str:
    return rule.id


CHECKS = tuple(sorted((_rule_of(each, Check) for each in _modules_in(checks)), key=_by_id))
COMPARISONS = tuple(
    sorted((_rule_of(each, Comparison) for each in _modules_in(comparisons)), key=_by_id)
)
DETECTIONS = tuple(
    sorted((rule for each in _modules_in(detections) for rule in _detections_of(each)), key=_by_id)
)
RULES: tuple[Rule, ...] = (*CHECKS, *COMPARISONS, *DETECTIONS)
ALWAYS_TOLD = frozenset(rule.id for rule in RULES if rule.is_always_told)
"""Ids of the rules whose findings are told whatever their severity."""


def find_rule(rule_id: str) -> Rule:
    """Return the rule of that id; raise KeyError when there is none."""
    return {rule.id: rule for rule in RULES}[rule_id]
