"""The modules of MiniStack that the overlay builds on, and the way to replace a part of them."""

import functools
import importlib
import importlib.metadata
import sys
from collections.abc import Callable
from typing import Any, TypeAlias

PINNED_VERSION = "1.5.33"
# A module holds a table of resource types, which holds a table of operations.
_DEPTH_OF_TABLES = 2
Untyped: TypeAlias = Any
"""What MiniStack hands around: it has no types."""


def _module(name: str) -> Untyped:
    return importlib.import_module(f"ministack.{name}")


def assert_pinned_version() -> None:
    """Refuse any other MiniStack than the one whose internals the overlay knows."""
    found = importlib.metadata.version("ministack")
    if found != PINNED_VERSION:
        message = (
            f"The embedded AWS needs ministack=={PINNED_VERSION}, found {found}: "
            f"it replaces internals, which change between versions. Run `make setup`."
        )
        raise RuntimeError(message)


assert_pinned_version()

account = _module("services.account")
app = _module("app")
cloudformation = _module("services.cloudformation")
cloudformation_engine = _module("services.cloudformation.engine")
cloudwatch_logs = _module("services.cloudwatch_logs")
dynamodb = _module("services.dynamodb")
evaluator = _module("core.iam_evaluator")
eventbridge = _module("services.eventbridge")
iam = _module("services.iam")
iam_actions = _module("core.iam_actions")
kms = _module("services.kms")
lambda_runtime = _module("core.lambda_runtime")
lambda_svc = _module("services.lambda_svc")
organizations = _module("services.organizations")
provisioners = _module("services.cloudformation.provisioners")
responses = _module("core.responses")
router = _module("core.router")
sns = _module("services.sns")
sqs = _module("services.sqs")
stacks = _module("services.cloudformation.stacks")
stepfunctions = _module("services.stepfunctions")
sts = _module("services.sts")


def replaces(module: Untyped, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put the decorated function in the place of `module.name`; it gets the original first.

    So are the names under which other modules imported the original, and the entries of dispatch
    tables.
    """
    original = getattr(module, name)

    def put(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def replacement(*args: Untyped, **kwargs: Untyped) -> Untyped:
            return function(original, *args, **kwargs)

        for loaded in [m for n, m in sys.modules.items() if n.startswith("ministack.")]:
            _replace_in(vars(loaded), original, replacement, _DEPTH_OF_TABLES)
        return function

    return put


def _replace_in(table: dict[Untyped, Untyped], original: Untyped, new: Untyped, depth: int) -> None:
    for key, held in list(table.items()):
        if held is original:
            table[key] = new
        elif depth and type(held) is dict:
            _replace_in(held, original, new, depth - 1)
