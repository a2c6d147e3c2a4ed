"""Functions run in few processes, and find only what Lambda's own runtime offers."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import importlib.util
import logging
import os
import sys
import tempfile
import threading
from pathlib import Path

from demo.embedded_aws.emulator import (
    Untyped,
    cloudwatch_logs,
    lambda_runtime,
    lambda_svc,
    replaces,
    responses,
)
from demo.embedded_aws.overlay import service_roles

_log = logging.getLogger("rolecall.functions")
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-python.html: the SDK and what it needs.
_RUNTIME_MODULES = ("boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six", "urllib3")
_slots = threading.BoundedSemaphore(int(os.environ.get("ROLECALL_FUNCTION_PROCESSES", "4")))


@replaces(lambda_svc, "_execute_function_warm")
def _execute(original: Untyped, function: Untyped, event: Untyped, request_id: str) -> Untyped:
    # MiniStack starts a process for each concurrent call; on a laptop they have to queue.
    with _slots:
        result = original(function, event, request_id)
    if result.get("error"):
        name = function["config"]["FunctionName"]
        _log.error("%s failed: %s\n%s", name, result.get("body"), result.get("log", ""))
    return result


@replaces(lambda_svc, "_emit_lambda_logs")
def _write_log(original: Untyped, function: Untyped, *written: Untyped, **more: Untyped) -> None:
    """Write to the log as far as the role of the function may: else AWS writes nothing either."""
    config = function.get("config") or function
    named = (config.get("LoggingConfig") or {}).get("LogGroup")
    group = named or f"/aws/lambda/{config['FunctionName']}"
    action = "PutLogEvents" if group in cloudwatch_logs._log_groups else "CreateLogGroup"
    region, account = responses.get_region(), responses.get_account_id()
    stream = f"arn:aws:logs:{region}:{account}:log-group:{group}:log-stream:any"
    if service_roles.allows(config["Role"], f"logs:{action}", stream):
        original(function, *written, **more)


def _make_interpreter() -> str:
    """Make a Python command that sees the runtime's modules and no others, and return its path."""
    home = Path(tempfile.mkdtemp(prefix="lambda-runtime-"))
    modules = home / "modules"
    modules.mkdir()
    for name in _RUNTIME_MODULES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise RuntimeError(f"Lambda's runtime has {name}, this environment does not")
        origin = Path(spec.origin)
        target = origin.parent if origin.name == "__init__.py" else origin
        (modules / target.name).symlink_to(target)
    command = home / "python"
    command.write_text(
        f'#!/bin/sh\nPYTHONPATH="{modules}" exec "{sys.executable}" -S -s "$@"\n', encoding="utf-8"
    )
    command.chmod(0o700)
    return str(command)


_interpreter = _make_interpreter()


@replaces(lambda_runtime, "_detect_runtime_binary")
def _detect_runtime_binary(original: Untyped, runtime: str) -> Untyped:
    binary, script = original(runtime)
    return (_interpreter if runtime.startswith("python") else binary), script
