"""Where something holds: an account, an organizational unit, a path or a tag of principals."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding or a principal is; None stands for what is not known."""

    account_id: str
    ou_path: str | None = None
    """Names from the root, as `/Workloads/Production`; empty where there is no organization."""
    path: str = ""
    """The principal's IAM path; empty where there is no principal."""
    tags: Mapping[str, str] | None = field(default_factory=dict)
    """The principal's tags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A part of the world; what is empty does not restrict."""

    account: str = ""
    """An account id."""
    ou: str = ""
    """An organizational unit with all below it, as `/Workloads`."""
    path: str = ""
    """An IAM path with all below it, as `/ci/`."""
    tag: str = ""
    """`key=value`, or `key` for every value."""

    def __bool__(self) -> bool:
        """Tell whether the scope restricts anything."""
        return bool(self.account or self.ou or self.path or self.tag)

    def __str__(self) -> str:
        """Name the scope as rolecall.toml does."""
        return ", ".join(f"{name} {value}" for name, value in self.members().items())

    def members(self) -> dict[str, str]:
        """Return what restricts, by its name in rolecall.toml."""
        given = {"account": self.account, "ou": self.ou, "path": self.path, "tag": self.tag}
        return {name: value for name, value in given.items() if value}

    def may_divide(self, place: Place) -> bool:
        """Tell whether it may hold for some principals of the place's account and not for others.

        So may a unit, where it is not known whether the account is in it.
        """
        as_a_whole = Scope(account=self.account, ou=self.ou).covers(place)
        return as_a_whole is None or (as_a_whole and bool(self.path or self.tag))

    @property
    def rank(self) -> tuple[bool, int, bool, int]:
        """How specific the scope is: a tag, then a path, then an account, then an OU.

        Of two paths, and of two OUs, the longer one is the more specific.
        """
        return bool(self.tag), len(_steps(self.path)), bool(self.account), len(_steps(self.ou))

    def covers(self, place: Place) -> bool | None:
        """Tell whether the place is within; None where too little is known to say."""
        answers = (
            not self.account or self.account == place.account_id,
            not self.ou or _is_within(self.ou, place.ou_path),
            not self.path or _is_within(self.path, place.path),
            not self.tag or _is_tagged(self.tag, place.tags),
        )
        if False in answers:
            return False
        return None if None in answers else True


def _is_within(upper: str, path: str | None) -> bool | None:
    if path is None:
        return None
    steps = _steps(upper)
    return bool(path) and _steps(path)[: len(steps)] == steps


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step]


def _is_tagged(tag: str, tags: Mapping[str, str] | None) -> bool | None:
    if tags is None:
        return None
    key, equals, value = tag.partition("=")
    return key in tags and (not equals or tags[key] == value)
