"""Policy documents: any spelling that AWS accepts becomes one regular form.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import unquote

from rolecall.policy.errors import PolicyError
from rolecall.policy.statements import Statement, read_statement

_ELEMENTS = frozenset({"Version", "Id", "Statement"})
_WITH_VARIABLES = "2012-10-17"
_VERSIONS = ("2008-10-17", _WITH_VARIABLES)


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """A policy document in its regular form, with the name by which answers speak of it.

    A policy without statements allows nothing. Two policies are one when they are one object, so
    that what is found out about a policy can be `remembered` with it.
    """

    name: str
    statements: tuple[Statement, ...] = ()
    remembered: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    def named(self, name: str) -> Self:
        """Return the same policy under another name; what is found out of one is known of both."""
        twin = type(self)(name, self.statements)
        object.__setattr__(twin, "remembered", self.remembered)  # frozen to all but its maker
        return twin

    @classmethod
    def parse(cls, document: str | Mapping[str, Any], *, name: str = "") -> Self:
        """Read a document, given as JSON (URL-encoded or not) or as the object that it says.

        A PolicyError names the statement, the field and the value that AWS would not accept.
        """
        try:
            content = _load(document) if isinstance(document, str) else document
            return cls(name, tuple(_read(content)))
        except PolicyError as error:
            raise PolicyError(
                error.problem,
                policy=name,
                statement=error.statement,
                field=error.field,
                value=error.value,
            ) from None


def _read(content: Any) -> list[Statement]:  # noqa: ANN401 - raw JSON
    if not isinstance(content, Mapping):
        raise PolicyError("a document must be an object", value=content)
    for element in content:
        if element not in _ELEMENTS:
            raise PolicyError("is no element of a policy", field=str(element))
    version = content.get("Version", _VERSIONS[0])
    if version not in _VERSIONS:
        raise PolicyError("is no version of the policy language", field="Version", value=version)
    statements = content.get("Statement")
    if isinstance(statements, Mapping):
        statements = [statements]
    if not isinstance(statements, (list, tuple)):
        raise PolicyError("must be a statement or a list", field="Statement", value=statements)
    variables = version == _WITH_VARIABLES
    return [read_statement(raw, i, variables=variables) for i, raw in enumerate(statements)]


def _load(text: str) -> Any:  # noqa: ANN401 - raw JSON
    if text.startswith("%7B"):
        text = unquote(text)
    try:
        return json.loads(text, object_pairs_hook=_without_duplicates)
    except RecursionError:
        raise PolicyError("is nested too deeply") from None
    except ValueError as problem:
        if isinstance(problem, PolicyError):
            raise
        raise PolicyError(f"is no JSON ({problem})") from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an element that is there twice: one of the two would silently be lost."""
    content = dict(pairs)
    if len(content) != len(pairs):
        times = Counter(name for name, _ in pairs)
        twice = next(name for name in times if times[name] > 1)
        raise PolicyError("is there twice", field=twice)
    return content
