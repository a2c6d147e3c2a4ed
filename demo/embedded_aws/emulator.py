"""The modules of MiniStack that the overlay builds on, and the way to replace a part of them."""

import functools
import importlib
import importlib.metadata
from collections.abc import Callable
from typing import Any, TypeAlias

PINNED_VERSION = "1.5.33"
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

app = _module("app")
cloudformation = _module("services.cloudformation")
dynamodb = _module("services.dynamodb")
evaluator = _module("core.iam_evaluator")
eventbridge = _module("services.eventbridge")
iam = _module("services.iam")
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

    Dispatch tables of the module that hold the original are changed too.
    """
    original = getattr(module, name)

    def put(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def replacement(*args: Untyped, **kwargs: Untyped) -> Untyped:
            return function(original, *args, **kwargs)

        setattr(module, name, replacement)
        for table in [value for value in vars(module).values() if isinstance(value, dict)]:
            _replace_in(table, original, replacement)
        return function

    return put


def _replace_in(table: dict[Untyped, Untyped], original: Untyped, replacement: Untyped) -> None:
    for key, held in list(table.items()):
        if held is original:
            table[key] = replacement
        elif isinstance(held, dict):  # handlers of a resource type, by operation
            table[key] = {k: replacement if v is original else v for k, v in held.items()}
