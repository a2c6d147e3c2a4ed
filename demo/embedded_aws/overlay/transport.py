"""Loopback counts as TLS: policies that demand `aws:SecureTransport` are right to, on AWS."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import contextvars

from demo.embedded_aws.emulator import Untyped, app, evaluator, replaces

# The services' own deliveries, which are no requests, come over TLS too.
evaluator._request_origin = contextvars.ContextVar("origin", default=("127.0.0.1", True))


@replaces(app, "pin_request_origin")
def _pin(original: Untyped, source_ip: str, _is_tls: bool) -> None:  # noqa: FBT001 - MiniStack's signature
    original(source_ip, True)  # noqa: FBT003 - MiniStack's signature
