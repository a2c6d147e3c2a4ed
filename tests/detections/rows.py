"""The rows of all tables, and requests that fill their words."""

import re
from importlib import import_module
from pkgutil import walk_packages

from rolecall import detections

PLACE = re.compile(r"\{([\w.]+)\}")


def tables():
    """Return the modules that are tables."""
    modules = walk_packages(detections.__path__, detections.__name__ + ".")
    found = [import_module(module.name) for module in modules if not module.ispkg]
    return [module for module in found if hasattr(module, "ROWS")]


ROWS = [row for table in tables() for row in table.ROWS]


def places(row):
    """Return the request parameters that a row names."""
    return set(PLACE.findall(" ".join((*row.calls.values(), row.about.arn))))


def request_for(row):
    """Build request parameters that name everything that the row's words ask for."""
    request = {}
    for path in places(row):
        *outer, last = path.split(".")
        inner = request
        for name in outer:
            inner = inner.setdefault(name, {})
        inner[last] = f"the-{last}"
    return request
