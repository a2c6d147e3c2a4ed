"""The principals that a resource-based policy or a trust policy names.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast, get_args

from rolecall.policy.arn import account_of

PrincipalKind: TypeAlias = Literal["AWS", "Service", "Federated", "CanonicalUser", "*"]

KINDS: tuple[PrincipalKind, ...] = get_args(PrincipalKind)

_ACCOUNT_ID = re.compile(r"\d{12}")
_ROOT_ARN = re.compile(r"arn:[a-z-]+:iam::(\d{12}):root")
_UNIQUE_ID = re.compile(r"(AIDA|AROA|AGPA|ANPA|ANVA|APKA|ASIA|AKIA)[A-Z0-9]{8,}")


@dataclass(frozen=True, slots=True)
class Principal:
    """One principal in its regular form: an account is its 12 digits, however it was spelled."""

    kind: PrincipalKind
    value: str

    @property
    def is_anyone(self) -> bool:
        """Say whether everybody is meant: `"*"` and `{"AWS": "*"}` are the same to AWS."""
        return self.value == "*" and self.kind in ("*", "AWS")

    @property
    def is_account(self) -> bool:
        """Say whether a whole account is meant, which leaves the choice to its own policies."""
        return self.kind == "AWS" and _ACCOUNT_ID.fullmatch(self.value) is not None

    @property
    def is_unique_id(self) -> bool:
        """Say whether it is the id that AWS leaves behind when a principal is deleted."""
        return self.kind == "AWS" and _UNIQUE_ID.fullmatch(self.value) is not None

    @property
    def account_id(self) -> str:
        """Return the account of an AWS principal or identity provider, or an empty string."""
        return self.value if self.is_account else account_of(self.value)

    def __str__(self) -> str:
        """Say it as a policy would."""
        return "*" if self.kind == "*" else f"{self.kind}:{self.value}"


ANYONE = Principal("*", "*")


def read_principals(element: Any) -> Iterator[Principal]:  # noqa: ANN401 - raw JSON
    """Yield the principals of a `Principal` element; a ValueError tells what is wrong."""
    if element == "*":
        yield ANYONE
        return
    if not isinstance(element, Mapping) or not element:
        raise ValueError('must be "*" or an object of principals')
    for kind, values in element.items():
        if kind not in KINDS or kind == "*":
            raise ValueError(f"has no kind of principal {kind!r}")
        for value in [values] if isinstance(values, str) else values:
            if not isinstance(value, str) or not value:
                raise ValueError(f"{kind} must hold texts")
            yield Principal(cast("PrincipalKind", kind), _regular(value))


def _regular(value: str) -> str:
    root = _ROOT_ARN.fullmatch(value)
    return root[1] if root else value
