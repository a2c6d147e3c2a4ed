"""What makes an external id one that others can guess."""

import re
from collections.abc import Iterable, Iterator

_ACCOUNT_ID = re.compile(r"\d{12}")
_COUNTED = re.compile(r"0*\d{1,8}|[A-Za-z]+[-_ ]?\d{1,3}")
_WORDS = re.compile(r"[a-z]+")
_COMMON = frozenset(
    {"access", "account", "aws", "changeme", "cloud", "company", "cross", "default", "demo", "dev"}
    | {"example", "external", "externalid", "iam", "id", "integration", "key", "my", "password"}
    | {"prod", "production", "role", "secret", "sts", "test", "token", "trust", "vendor"}
)
_LEAST_NAME = 3
_LEAST_RANDOM = 9
"""Characters beside a name from which on it no longer helps to know the name."""
_SEQUENCE = "0123456789abcdefghijklmnopqrstuvwxyz"


def why_guessable(value: str, names: Iterable[str], min_length: int) -> str:
    """Say why an external id can be guessed; empty where it cannot, as far as anybody can tell."""
    return next(_reasons(value, names, min_length), "")


def _reasons(value: str, names: Iterable[str], min_length: int) -> Iterator[str]:
    plain = _plain(value)
    if set(value) & set("*?"):
        yield "is a pattern"
    if _ACCOUNT_ID.fullmatch(value):
        yield "is an account id"
    if _COUNTED.fullmatch(value):
        yield "looks counted"
    if any(_is_mostly(_plain(name), plain) for name in names):
        yield "is made of a name"
    words = _WORDS.findall(value.lower())
    if words and _consists_of_common(words) and "".join(words) == plain.strip("0123456789"):
        yield "is made of common words"
    if len(set(plain)) < _LEAST_NAME or plain in _SEQUENCE:
        yield "is a plain sequence"
    if len(value) < min_length:
        yield f"is shorter than {min_length} characters"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _consists_of_common(words: Iterable[str]) -> bool:
    return all(word in _COMMON for word in words)


def _is_mostly(name: str, value: str) -> bool:
    """Tell whether little is left beside the name, so that a random part does not save it."""
    return len(name) >= _LEAST_NAME and name in value and len(value) - len(name) < _LEAST_RANDOM
