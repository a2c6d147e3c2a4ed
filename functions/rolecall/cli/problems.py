"""What can keep a command from doing its work, as sentences that name the way out."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches


class CommandError(Exception):
    """The command could not do what was asked of it; the message is a sentence for people."""


_NO_LONGER_VALID = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "InvalidClientTokenId",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
_SIGN_IN = "sign in again (`aws sso login`, `aws login`) or name another profile with --profile"


@contextmanager
def aws_problems_told() -> Iterator[None]:
    """Turn what botocore raises into a CommandError that says what to do about it."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        raise CommandError(_refusal(error)) from error
    except BotoCoreError as error:
        raise CommandError(_failure(error)) from error


def _refusal(error: Exception) -> str:
    """Say what an answer of AWS that is an error means for whoever asked."""
    from rolecall.adapters.aws_errors import error_code, error_text

    operation = getattr(error, "operation_name", "the call")
    code, text = error_code(error), error_text(error)
    if code in _NO_LONGER_VALID:
        return f"AWS does not accept the credentials any more ({code}): {_SIGN_IN}"
    if code.startswith("AccessDenied"):
        return f"the credentials do not permit {operation} ({text}): use others with --profile"
    return f"AWS refused {operation}: {text}"


def _failure(error: Exception) -> str:
    """Say why AWS was not even asked, or did not answer."""
    from botocore import exceptions as aws

    if isinstance(error, aws.NoCredentialsError | aws.PartialCredentialsError):
        return (
            "no AWS credentials were found: sign in (`aws sso login`, `aws login`), set"
            " AWS_PROFILE, or name a profile with --profile"
        )
    if isinstance(error, aws.ProfileNotFound):
        return f"{_decapitalized(str(error))}: `aws configure list-profiles` lists those that exist"
    if isinstance(error, aws.NoRegionError):
        return "no AWS region is set: name one with --region, or set AWS_REGION"
    if isinstance(error, aws.HTTPClientError | aws.ConnectionError):
        return f"AWS could not be reached ({error}): look at the network, the proxy and --region"
    expired = (aws.SSOError, aws.LoginError, aws.TokenRetrievalError, aws.CredentialRetrievalError)
    if isinstance(error, expired):
        return f"the credentials could not be renewed ({error}): {_SIGN_IN}"
    return f"AWS could not be asked: {error}"


def unknown_rule(rule_id: str, rule_ids: Iterable[str]) -> str:
    """Say that there is no such rule, and which ones are spelled alike."""
    near = get_close_matches(rule_id, list(rule_ids), n=3, cutoff=0.6)
    meant = f": did you mean {' or '.join(near)}?" if near else ";"
    return f"there is no rule {rule_id!r}{meant} `rolecall rules` lists them all"


def _decapitalized(text: str) -> str:
    return text[:1].lower() + text[1:]
