"""Policy variables: `${aws:username}`, with defaults, and the escapes `${*}`, `${?}`, `${$}`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.policy.context import Context

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_DEFAULT = re.compile(r",\s*'([^']*)'\s*$")
_ESCAPES = ("*", "?", "$")

# A star that is no wildcard has to look different from one that is; characters of the private use
# area occur in no name of AWS.
LITERAL_WILDCARDS = str.maketrans({"*": "\ue02a", "?": "\ue03f"})


def resolve(template: str, context: Context, unknown_as: str | None = None) -> str | None:
    """Put the context's values in the place of the variables, or answer None when one has none.

    Stars and question marks that come out of a variable are literal: they are returned as
    LITERAL_WILDCARDS has them, and the text to compare must be translated likewise.
    A key with several values cannot be used as a variable. `unknown_as` stands for the values of
    keys that an incomplete context does not tell.
    """
    result: list[str] = []
    for literal, name, default in _pieces(template):
        result.append(literal)
        if name is None:
            continue
        values = (name,) if name in _ESCAPES else context.get(name)
        if values is None and not context.knows(name):
            if unknown_as is None:
                return None
            result.append(unknown_as)
            continue
        if values is None and default is not None:
            values = (default,)
        if values is None or len(values) != 1:
            return None
        result.append(values[0].translate(LITERAL_WILDCARDS))
    return "".join(result)


def is_open(template: str, context: Context) -> bool:
    """Say whether the template has no value as yet, and would have one in a complete context."""
    return resolve(template, context) is None and resolve(template, context, "*") is not None


def names_of(template: str) -> tuple[str, ...]:
    """Return the keys whose values stand for the variables of a template, in lower case."""
    names = (name for _, name, _ in _pieces(template))
    return tuple(name for name in names if name is not None and name not in _ESCAPES)


def with_variables_as(replacement: str, template: str) -> str:
    """Put one text in the place of every variable."""
    return _VARIABLE.sub(lambda _: replacement, template)


@lru_cache(maxsize=1 << 14)
def _pieces(template: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """Cut a template into literal texts, each with the variable and default that follow it."""
    pieces: list[tuple[str, str | None, str | None]] = []
    end = 0
    for found in _VARIABLE.finditer(template):
        # Keys of tags may have spaces and quotes: whatever stands here is the name of a key.
        default = _DEFAULT.search(found[1])
        name = found[1][: default.start()] if default else found[1]
        literal = template[end : found.start()]
        pieces.append((literal, name.strip().lower(), default[1] if default else None))
        end = found.end()
    pieces.append((template[end:], None, None))
    return tuple(pieces)
