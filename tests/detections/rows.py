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
    words = [text for calls in row.calls_by_source.values() for text in calls.values()]
    return set(PLACE.findall(" ".join((*words, row.about.arn))))


def request_for(row):
    """Build request parameters that name everything that the row's words ask for."""
    request = {}
    for path in places(row):
        put(request, path, f"the-{path.rpartition('.')[2]}")
    return request


def put(request, path, value):
    """Give a request parameter, such as `tag.key`, a value."""
    *outer, last = path.split(".")
    for name in outer:
        request = request.setdefault(name, {})
    request[last] = value
