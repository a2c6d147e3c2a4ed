"""Resources that an actor may choose: an ARN for every way in which its policies can meet.

Whether policies allow several actions on one resource of a type, whichever that may be, is asked of
a few of them. One generic text stands for what only a wildcard matches, so that what holds for the
ARNs made with it holds for others in their place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from rolecall.policy.context import Context
from rolecall.policy.escalation.about import about_action
from rolecall.policy.variables import resolve, with_variables_as
from rolecall.policy.wildcards import is_everything, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolecall.policy.documents import Policy
    from rolecall.policy.escalation.domain import Asker
    from rolecall.policy.policy_set import PolicySet

# Characters of the private use area occur in no name of AWS.
_GENERIC_TEXT = "\ue000" * 16
_GENERIC_CHARACTER = "\ue000"
_MOST = 256
"""So many ways are looked at; policies of people have a handful."""
_ARN = re.compile(r"(arn):([^:]*):([^:]*):([^:]*):([0-9*?]*|aws):(.*)", re.DOTALL)


def choices(
    pattern: str,
    asker: Asker,
    policies: PolicySet,
    actions: Iterable[str],
    within: frozenset[str] = frozenset("*"),
) -> tuple[str, ...]:
    """Return ARNs that a pattern matches, one at least where all the actions can be allowed.

    `within` are further patterns that tell resources apart. Nothing is said as yet of who is
    denied what: that is to be asked of each ARN.
    """
    if is_everything(pattern):
        return ("*",)
    return chosen(pattern, (within, *_layers(asker, policies, actions)))


def chosen(pattern: str, layers: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return ARNs each of which matches the pattern, and one pattern of every layer."""
    found: tuple[str, ...] = (pattern,)
    for layer in layers:
        met = filter(None, (meeting(*pair) for pair in product(found, layer)))
        found = tuple(islice(dict.fromkeys(met), _MOST))
    return tuple(dict.fromkeys(map(_generic, found)))


def _layers(asker: Asker, policies: PolicySet, actions: Iterable[str]) -> Iterator[frozenset[str]]:
    """Yield the patterns of which one must allow: by each level of policies, for each action."""
    for action in actions:
        for level in (policies.identity, *policies.limits):
            named = [_named(policy, action.lower()) for policy in level]
            allowed = frozenset().union(*(allows for allows, _ in named))
            if allowed != {"*"}:
                yield _spelled_out(allowed, asker)
            for _, excepted in named:
                if excepted:
                    yield _spelled_out(excepted | {"*"}, asker)


def _named(policy: Policy, action: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the patterns on which it allows an action, and those that its denials except."""
    key = ("named", action)
    if key not in policy.remembered:
        about = about_action(policy, action).statements
        allows = (each.resources or ("*",) for each in about if each.allows)
        excepted = (each.not_resources for each in about if not each.allows)
        policy.remembered[key] = (frozenset().union(*allows), frozenset().union(*excepted))
    found: tuple[frozenset[str], frozenset[str]] = policy.remembered[key]
    return found


def _spelled_out(patterns: frozenset[str], asker: Asker) -> frozenset[str]:
    if not any("${" in pattern for pattern in patterns):
        return patterns
    context = Context.of({**asker.own, **asker.names})
    return frozenset(
        resolve(each, context, "*") or with_variables_as("*", each) for each in patterns
    )


@lru_cache(maxsize=1 << 14)
def meeting(one: str, other: str) -> str | None:
    """Return a pattern of texts that match both patterns, None where no text does.

    ARNs that are spelled out are put together part by part. The pattern does not match all such
    texts, but no other pattern of a policy is likely to tell them apart.
    """
    if one == other or is_everything(other):
        return one
    if is_everything(one):
        return other
    parts, others = _parts(one), _parts(other)
    if parts and others:
        met = [_meeting_texts(*pair) for pair in zip(parts, others, strict=True)]
        texts = [text for text in met if text is not None]
        return ":".join(texts) if len(texts) == len(met) else None
    return _meeting_texts(one, other)


def _parts(pattern: str) -> tuple[str, ...]:
    """Take an ARN apart, unless a star in it may stand for several parts."""
    found = _ARN.fullmatch(pattern)
    return found.groups() if found else ()


def _meeting_texts(one: str, other: str) -> str | None:
    if "*" not in one:
        return _fixed(one, other)
    if "*" not in other:
        return _fixed(other, one)
    start, *middle, end = one.split("*")
    other_start, *other_middle, other_end = other.split("*")
    first = _overlaid(start, other_start)
    last = _overlaid(end[::-1], other_end[::-1])
    if first is None or last is None:
        return None
    return "*".join((first, *filter(None, (*middle, *other_middle)), last[::-1]))


def _fixed(text: str, pattern: str) -> str | None:
    """Return a text of one length, with the ends of a pattern that matches it."""
    start, *_, end = pattern.split("*") if "*" in pattern else (pattern, pattern)
    first = _overlaid(text, start)
    last = _overlaid(first[::-1], end[::-1]) if first is not None else None
    is_met = last is not None and len(last) == len(text) and matches(pattern, last[::-1])
    return last[::-1] if last is not None and is_met else None


def _overlaid(one: str, other: str) -> str | None:
    """Return the longer of two beginnings of texts, None where one contradicts the other."""
    both = [b if a == "?" else a for a, b in zip(one, other, strict=False)]
    if any("?" not in (a, b) and a != b for a, b in zip(one, other, strict=False)):
        return None
    longer = max(one, other, key=len)
    return "".join(both) + longer[len(both) :]


def _generic(pattern: str) -> str:
    return pattern.replace("*", _GENERIC_TEXT).replace("?", _GENERIC_CHARACTER)
