"""Finds the rules in their folders: a file under `checks`, `comparisons`, `detections` is a rule.

Detections that differ from their siblings in data only are rows of a table: a file with `ROWS`.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
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


CHECKS: tuple[Check, ...]
COMPARISONS: tuple[Comparison, ...]
DETECTIONS: tuple[Detection, ...]
RULES: tuple[Rule, ...]
ALWAYS_TOLD: frozenset[str]
"""Ids of the rules whose findings are told whatever their severity."""


@cache
def _checks() -> tuple[Check, ...]:
    return tuple(sorted((_rule_of(each, Check) for each in _modules_in(checks)), key=_by_id))


@cache
def _comparisons() -> tuple[Comparison, ...]:
    found = (_rule_of(each, Comparison) for each in _modules_in(comparisons))
    return tuple(sorted(found, key=_by_id))


@cache
def _detections() -> tuple[Detection, ...]:
    found = (rule for each in _modules_in(detections) for rule in _detections_of(each))
    return tuple(sorted(found, key=_by_id))


@cache
def _rules() -> tuple[Rule, ...]:
    return (*_checks(), *_comparisons(), *_detections())


@cache
def _always_told() -> frozenset[str]:
    return frozenset(rule.id for rule in _rules() if rule.is_always_told)


_FOUND_WHEN_ASKED_FOR: Mapping[str, Callable[[], object]] = {
    "CHECKS": _checks,
    "COMPARISONS": _comparisons,
    "DETECTIONS": _detections,
    "RULES": _rules,
    "ALWAYS_TOLD": _always_told,
}
"""A function that judges events starts without the modules of the checks."""


def __getattr__(name: str) -> object:
    """Return what a name of this module stands for, found when it is first asked for."""
    if name not in _FOUND_WHEN_ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _FOUND_WHEN_ASKED_FOR[name]()


def find_rule(rule_id: str) -> Rule:
    """Return the rule of that id; raise KeyError when there is none."""
    return {rule.id: rule for rule in _rules()}[rule_id]
