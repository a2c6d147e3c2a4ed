"""What one layer of policies says of a request, and how layers combine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolecall.policy.decisions import Layer, Remaining, Source
from rolecall.policy.matching import Match, Matcher, Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rolecall.policy.documents import Policy


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed, not allowed, or (None) open; with what decided, what blocks, what remains."""

    allowed: bool | None
    sources: tuple[Source, ...] = ()
    blocked_by: tuple[Layer, ...] = ()
    remaining: tuple[Remaining, ...] = ()


@dataclass(slots=True)
class Scan:
    """The statements of one layer that are about the request."""

    layer: Layer
    denied: Source | None = None
    open_denies: list[Remaining] = field(default_factory=list)
    allows: list[tuple[Named, Source]] = field(default_factory=list)
    open_allows: list[tuple[Named, Remaining]] = field(default_factory=list)

    def verdict(self, at_least: Named = Named.DIRECTLY) -> Verdict:
        """Say what the layer allows to a caller whom it names at least so strongly."""
        for named, source in self.allows:
            if named >= at_least:
                return Verdict(True, (source,))  # noqa: FBT003 - a verdict's own word
        remaining = tuple([rest for named, rest in self.open_allows if named >= at_least])
        if remaining:
            return Verdict(None, remaining=remaining)
        return Verdict(False, blocked_by=(self.layer,))  # noqa: FBT003 - as above


def scan(layer: Layer, policies: Iterable[Policy], matcher: Matcher) -> Scan:
    """Compare the request with every statement of a layer, up to the first Deny that holds."""
    result = Scan(layer)
    for policy in policies:
        for statement in policy.statements:
            match = matcher.match(statement)
            if match is None:
                continue
            source = Source(layer, policy.name, statement)
            if statement.allows:
                if match.is_settled:
                    result.allows.append((match.named, source))
                else:
                    result.open_allows.append((match.named, _remaining(source, match)))
            elif match.is_settled:
                result.denied = source
                return result
            else:
                result.open_denies.append(_remaining(source, match))
    return result


def all_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Combine layers each of which must allow."""
    blocked = tuple([layer for v in verdicts if v.allowed is False for layer in v.blocked_by])
    if blocked:
        return Verdict(False, blocked_by=tuple(dict.fromkeys(blocked)))  # noqa: FBT003 - as above
    remaining = tuple([rest for verdict in verdicts for rest in verdict.remaining])
    sources = tuple([source for verdict in verdicts for source in verdict.sources])
    return Verdict(None if remaining else True, sources, remaining=remaining)


def any_of_ways(verdicts: Sequence[Verdict]) -> Verdict:
    """Combine ways each of which suffices; when none does, the first one tells what blocks."""
    for verdict in verdicts:
        if verdict.allowed:
            return verdict
    # What is open in two ways is still one thing.
    remaining = {id(rest): rest for verdict in verdicts for rest in verdict.remaining}
    return Verdict(None, remaining=tuple(remaining.values())) if remaining else verdicts[0]


def _remaining(source: Source, match: Match) -> Remaining:
    return Remaining(source, match.conditions, match.resources)
