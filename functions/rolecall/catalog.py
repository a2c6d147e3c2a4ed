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


def _names_in(package: ModuleType) -> Iterator[str]:
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.ispkg:
            yield module.name


def _modules_in(package: ModuleType) -> Iterator[ModuleType]:
    return map(import_module, _names_in(package))


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


_FOUND_WHEN_ASKED_FOR: Mapping[str, Callable[[], object]] = {
    "CHECKS": _checks,
    "COMPARISONS": _comparisons,
    "DETECTIONS": _detections,
    "RULES": _rules,
}
"""A function that judges events starts without the modules of the checks."""


def __getattr__(name: str) -> object:
    """Return what a name of this module stands for, found when it is first asked for."""
    if name not in _FOUND_WHEN_ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _FOUND_WHEN_ASKED_FOR[name]()


@cache
def _files() -> Mapping[str, str]:
    """Return the name of every module that may hold a rule, by the rule's id."""
    names = [name for package in (checks, comparisons, detections) for name in _names_in(package)]
    return {name.rpartition(".")[2].replace("_", "-"): name for name in names}


def find_rule(rule_id: str) -> Rule:
    """Return the rule of that id; raise KeyError when there is none.

    One that has a file of its own is found without loading the others.
    """
    if file := _files().get(rule_id):
        module = import_module(file)
        rule = getattr(module, file.rpartition(".")[2], None)
        if isinstance(rule, Rule):
            return rule
    return {rule.id: rule for rule in _detections()}[rule_id]


def is_always_told(rule_id: str) -> bool:
    """Tell whether findings of the rule are told whatever their severity; a rule of old is not."""
    try:
        return find_rule(rule_id).is_always_told
    except KeyError:
        return False


class RulesById(Mapping[str, Rule]):
    """All rules by their ids, of which only those are loaded that somebody asks for."""

    def __getitem__(self, rule_id: str) -> Rule:
        """Return the rule; raise KeyError when there is none."""
        return find_rule(rule_id)

    def __iter__(self) -> Iterator[str]:
        """Yield every id, which loads every rule."""
        return (rule.id for rule in _rules())

    def __len__(self) -> int:
        """Count the rules, which loads them all."""
        return len(_rules())
