"""Finds the rules in their folders: a file under `checks` or `detections` is a rule."""

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from rolecall import checks, detections
from rolecall.model.rule import Check, Detection, Rule

_AnyRule = TypeVar("_AnyRule", Check, Detection)


def _rules_in(package: ModuleType, kind: type[_AnyRule]) -> tuple[_AnyRule, ...]:
    """Import every module below the package and collect the rule named like its module."""
    found = []
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if module.ispkg:
            continue
        rule = getattr(import_module(module.name), module.name.rpartition(".")[2], None)
        if not isinstance(rule, kind):
            # A file without its rule would be a check that silently never runs.
            raise TypeError(f"{module.name} holds no {kind.__name__} of its own name")
        found.append(rule)
    return tuple(sorted(found, key=lambda rule: rule.id))


CHECKS = _rules_in(checks, Check)
DETECTIONS = _rules_in(detections, Detection)
RULES: tuple[Rule, ...] = (*CHECKS, *DETECTIONS)
ALWAYS_TOLD = frozenset(rule.id for rule in RULES if rule.is_always_told)
"""Ids of the rules whose findings are told whatever their severity."""


def find_rule(rule_id: str) -> Rule:
    """Return the rule of that id; raise KeyError when there is none."""
    return {rule.id: rule for rule in RULES}[rule_id]
