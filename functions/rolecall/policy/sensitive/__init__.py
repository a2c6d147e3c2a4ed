"""Sensitive actions by class, as data: one module for each class, collected here.

To add an action, add it to its class, and to the exceptions where it weighs more or less than the
others; to add a class, add a module with a `CLASS`.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from rolecall.policy.action_index import action_index
from rolecall.policy.sensitive.sensitive_class import Exceptional, SensitiveClass

_TOLD = 3
"""The weight from which findings tell of an action."""


def _collect() -> tuple[SensitiveClass, ...]:
    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    found = [module.CLASS for module in modules if hasattr(module, "CLASS")]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.id)))


CLASSES = _collect()
"""The heaviest first."""
CLASSES_BY_ID = {each.id: each for each in CLASSES}


@cache
def sensitive_bits(class_id: str) -> int:
    """Return the actions of a class as a bitset over the action index."""
    return action_index().expand_all(CLASSES_BY_ID[class_id].actions)


@cache
def weight_of(action: str) -> int:
    """Return how much harm an action does by itself, 0 where it is in no class."""
    known = (each.weight_of(action) for each in CLASSES if action in each.actions)
    return max(known, default=0)


def heaviest(actions: int) -> int:
    """Return the weight of the heaviest of the actions, 0 where none is in a class."""
    return next((weight for weight, bits in _by_weight() if bits & actions), 0)


@cache
def negligible() -> int:
    """Return the sensitive actions that are not worth a finding by themselves, as a bitset."""
    together = 0
    for weight, bits in _by_weight():
        together |= bits if weight < _TOLD else 0
    return together


@cache
def _by_weight() -> tuple[tuple[int, int], ...]:
    names: dict[int, list[str]] = {}
    for action in {action for each in CLASSES for action in each.actions}:
        names.setdefault(weight_of(action), []).append(action)
    expand = action_index().expand_all
    return tuple((weight, expand(names[weight])) for weight in sorted(names, reverse=True))


__all__ = [
    "CLASSES",
    "CLASSES_BY_ID",
    "Exceptional",
    "SensitiveClass",
    "heaviest",
    "negligible",
    "sensitive_bits",
    "weight_of",
]
