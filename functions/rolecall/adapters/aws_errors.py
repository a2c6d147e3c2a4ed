"""What AWS answers instead of data, as text that says the same thing at every run."""

import re

from botocore.exceptions import BotoCoreError, ClientError

AWS_ERRORS = (ClientError, BotoCoreError)
"""Everything that a call through botocore raises when it does not answer."""

_VARYING = (
    # The three audits run as three functions: who was denied differs, what was denied does not.
    (re.compile(r"User: \S+ is not authorized"), "not authorized"),
    (re.compile(r"(?i),?\s*\(?request ?id:? *[\w-]+\)?"), ""),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "..."),
    (re.compile(r"(Encoded authorization failure message:) \S+"), r"\1 ..."),
    (re.compile(r"\b\d{8}T\d{6}Z\b"), "..."),
    (re.compile(r"\b0x[0-9a-f]+\b"), "..."),
)


def error_text(error: Exception) -> str:
    """Write an error without request ids, callers and addresses.

    An error that has not changed must be the same evidence tomorrow.
    """
    text = str(error)
    if isinstance(error, ClientError):
        details = error.response.get("Error", {})
        text = f"{details.get('Code', 'Unknown')}: {details.get('Message', '')}"
    elif isinstance(error, BotoCoreError):
        text = f"{type(error).__name__}: {error}"
    for pattern, stable in _VARYING:
        text = pattern.sub(stable, text)
    return text.strip().removesuffix(":")


def error_code(error: Exception) -> str:
    """Return AWS's code of the error, such as `AccessDenied`; empty when AWS did not answer."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", ""))
    return ""
