"""The library of escalation paths: one table for each service, collected here.

To add a path, add a row to the table of its service, or a module with a tuple `PATHS`.
"""

from importlib import import_module
from pkgutil import iter_modules

from rolecall.policy.escalation.path import Attached, EscalationPath, Gain, Kind, Need, Target


def _collect() -> tuple[EscalationPath, ...]:
    names = sorted(module.name for module in iter_modules(__path__))
    tables = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(path for table in tables for path in getattr(table, "PATHS", ()))


PATHS = _collect()
PATHS_BY_ID = {path.id: path for path in PATHS}

__all__ = ["PATHS", "PATHS_BY_ID", "Attached", "EscalationPath", "Gain", "Kind", "Need", "Target"]
