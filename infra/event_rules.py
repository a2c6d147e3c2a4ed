"""EventBridge patterns derived from what the detections declare."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rolecall.model.rule import Detection, EventPattern

PATTERN_LIMIT = 2048
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html"""

# Only AWS itself can put events with such a source on a bus, so nobody in the organization can
# forge a CloudTrail event that our rules would believe.
FROM_AWS = [{"prefix": "aws."}]
DETAIL_TYPES = [
    "AWS API Call via CloudTrail",
    "AWS Console Sign In via CloudTrail",
    "AWS Console Action via CloudTrail",
    "AWS Service Event via CloudTrail",
]


@dataclass(frozen=True, slots=True)
class EventRule:
    """One rule on the hub's bus."""

    name: str
    pattern: Mapping[str, Any]


def derive_rules(detections: Iterable[Detection]) -> list[EventRule]:
    """Return the fewest rules that admit exactly the events that the detections want.

    Patterns that differ in nothing but names are merged; what grows beyond the limit is split.
    """
    merged: dict[tuple[str, tuple[str, ...]], set[str] | None] = {}
    for pattern in (pattern for each in detections for pattern in each.patterns):
        for source in pattern.sources or ("",):
            key = (source, tuple(sorted(pattern.identity_types)))
            known = merged.get(key, set())
            # No names means every name, which swallows all others.
            merged[key] = None if known is None or not pattern.names else known | {*pattern.names}
    return [rule for key, names in sorted(merged.items()) for rule in _split(*key, names)]


def _split(
    source: str, identity_types: tuple[str, ...], names: set[str] | None
) -> Iterator[EventRule]:
    parts: list[list[str]] = [[]]
    for name in sorted(names or ()):
        if _length(_pattern(source, identity_types, [*parts[-1], name])) > PATTERN_LIMIT:
            parts.append([])
        parts[-1].append(name)
    words = [source.partition(".")[0], *(each.lower() for each in identity_types)]
    for number, part in enumerate(parts, start=1):
        label = "-".join(word for word in (*words, str(number) if len(parts) > 1 else "") if word)
        yield EventRule(
            name=f"rolecall-{label or 'everything'}", pattern=_pattern(source, identity_types, part)
        )


def _pattern(source: str, identity_types: tuple[str, ...], names: list[str]) -> dict[str, Any]:
    wanted = EventPattern(
        sources=(source,) if source else (), names=tuple(names), identity_types=identity_types
    )
    return {"source": FROM_AWS, "detail-type": DETAIL_TYPES, "detail": wanted.detail()}


def _length(pattern: Mapping[str, Any]) -> int:
    return len(json.dumps(pattern, separators=(",", ":")))
