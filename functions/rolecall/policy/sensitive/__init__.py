"""Sensitive actions by class, as data: one module for each class, collected here.

To add an action, add it to its class; to add a class, add a module with a `CLASS`.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from rolecall.policy.action_index import action_index
from rolecall.policy.sensitive.sensitive_class import SensitiveClass


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
    known = (each.weight for each in CLASSES if action in each.actions)
    return max(known, default=0)


__all__ = ["CLASSES", "CLASSES_BY_ID", "SensitiveClass", "sensitive_bits", "weight_of"]
