"""Loopback counts as TLS: policies that demand `aws:SecureTransport` are right to, on AWS."""

from demo.embedded_aws.emulator import Untyped, app, replaces


@replaces(app, "pin_request_origin")
def _pin(original: Untyped, source_ip: str, _is_tls: bool) -> None:  # noqa: FBT001 - MiniStack's signature
    original(source_ip, True)  # noqa: FBT003 - MiniStack's signature
