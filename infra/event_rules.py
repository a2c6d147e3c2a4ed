"""EventBridge patterns derived from what the detections declare."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

from rolecall.model.rule import Comparison, Detection, EventPattern

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


def derive_rules(rules: Iterable[Detection | Comparison]) -> list[EventRule]:
    """Return the fewest rules that admit exactly the events that these rules want.

    Patterns that differ in nothing but names are merged, those within wider ones left out; what
    grows beyond the limit is split.
    """
    merged: dict[EventPattern, set[str] | None] = {}
    for pattern in (pattern for each in rules for pattern in each.patterns):
        for key in _one_by_one(pattern):
            known = merged.get(key, set())
            # No names means every name, which swallows all others.
            merged[key] = None if known is None or not pattern.names else known | {*pattern.names}
    open_ended = [key for key, names in merged.items() if names is None]
    ordered = sorted(merged.items(), key=lambda each: astuple(each[0]))
    return [
        rule
        for key, names in ordered
        # An event that several rules match is delivered several times.
        if not any(_covers(wider, key) for wider in open_ended if wider != key)
        for rule in _split(key, names)
    ]


def _covers(wider: EventPattern, key: EventPattern) -> bool:
    """Tell whether a pattern asks for nothing that the other does not ask for as well."""
    asked = (getattr(wider, field.name) for field in fields(EventPattern))
    present = (getattr(key, field.name) for field in fields(EventPattern))
    return all(not one or one == other for one, other in zip(asked, present, strict=True))


def _one_by_one(pattern: EventPattern) -> Iterator[EventPattern]:
    """Yield the pattern for each of its sources, without names: those with equal ones merge."""
    for source in pattern.sources or ("",):
        yield EventPattern(
            sources=(source,) if source else (),
            identity_types=tuple(sorted(pattern.identity_types)),
            user_agents=tuple(sorted(pattern.user_agents)),
            user_names=tuple(sorted(pattern.user_names)),
            only_changes=pattern.only_changes,
            only_refused_reads=pattern.only_refused_reads,
        )


def _words(key: EventPattern) -> list[str]:
    """Return what a rule is called by; words that every rule begins with left out."""
    return [
        *(source.partition(".")[0] for source in key.sources),
        *(each.lower() for each in key.identity_types),
        *(["tools"] if key.user_agents else []),
        *(["names"] if key.user_names else []),
        *(["changes"] if key.only_changes else []),
        *(["refused"] if key.only_refused_reads else []),
    ]


def _split(key: EventPattern, names: set[str] | None) -> Iterator[EventRule]:
    parts: list[list[str]] = [[]]
    for name in sorted(names or ()):
        if _length(_pattern(key, [*parts[-1], name])) > PATTERN_LIMIT:
            parts.append([])
        parts[-1].append(name)
    words = _words(key)
    for number, part in enumerate(parts, start=1):
        label = "-".join(word for word in (*words, str(number) if len(parts) > 1 else "") if word)
        yield EventRule(name=f"rolecall-{label or 'everything'}", pattern=_pattern(key, part))


def _pattern(key: EventPattern, names: list[str]) -> dict[str, Any]:
    wanted = replace(key, names=tuple(names))
    return {"source": FROM_AWS, "detail-type": DETAIL_TYPES, "detail": wanted.detail()}


def _length(pattern: Mapping[str, Any]) -> int:
    return len(json.dumps(pattern, separators=(",", ":")))
