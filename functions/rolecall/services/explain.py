"""A rule in words: for a person at a terminal, and for the page that lists them all."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.model.rule import (
    AUDITS,
    Check,
    Comparison,
    Detection,
    EventPattern,
    Parameter,
    Rule,
)
from rolecall.model.scope import Place
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity

_MARKDOWN = re.compile(r"`[^`]+`|[\\`*<\[]")
"""Code between backticks, which is meant so, or a character that Markdown would read as its own."""
_TECHNIQUES = "https://attack.mitre.org/techniques"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its text and its points, which are lines of TOML where `is_code`."""

    heading: str
    text: str = ""
    points: tuple[str, ...] = ()
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that a person asks of a rule, in the order of asking."""

    rule_id: str
    title: str
    severity: Severity
    occasion: str
    """When the rule is run, in words."""
    is_enabled: bool
    sections: tuple[Section, ...]


def explain(rule: Rule, settings: Settings, place: Place | None = None) -> Explanation:
    """Say why a rule matters, what to do, and which parameters are in force.

    At a place it is said as well where each of them comes from.
    """
    return Explanation(
        rule_id=rule.id,
        title=rule.title,
        severity=rule.severity,
        occasion=occasion(rule),
        is_enabled=settings.of(rule).enabled,
        sections=tuple(
            each for each in _sections(rule, settings, place) if each.text or each.points
        ),
    )


def occasion(rule: Rule) -> str:
    """Say when a rule is run: in which audit, or at events."""
    if isinstance(rule, Comparison):
        return "after events"
    if not isinstance(rule, Check):
        return "events"
    audits = [audit for audit in AUDITS if audit in rule.audits]
    return "every audit" if len(audits) == len(AUDITS) else " and ".join(audits) + " audit"


def markdown(explanation: Explanation) -> str:
    """Write an explanation as a section of a page, whose heading is the rule's id."""
    return "\n".join(_markdown_lines(explanation))


def _sections(rule: Rule, settings: Settings, place: Place | None) -> Iterator[Section]:
    yield Section("Why it matters", _unwrapped(rule.why))
    yield Section("What to do", _unwrapped(rule.remediation))
    if place is None:
        yield Section("Parameters", points=tuple(_parameters(rule, settings)), is_code=True)
        yield Section("Overrides", points=tuple(_overrides(rule, settings)))
    else:
        where = place.account_id + (f" in {place.ou_path}" if place.ou_path else "")
        points = tuple(_parameters_at(rule, settings, place))
        yield Section(f"Parameters in account {where}", points=points, is_code=True)
        yield Section("Different for some", points=tuple(_overrides(rule, settings, place)))
        yield Section("Exceptions", points=tuple(_exceptions(rule, settings, place)))
    if isinstance(rule, Check):
        yield Section("Reads", points=tuple(sorted(rule.needs)))
        yield Section("Weighs", points=tuple(sorted(rule.weighs - rule.needs)))
    if isinstance(rule, Detection | Comparison):
        yield Section("Events", points=tuple(map(_pattern, rule.patterns)))
    if isinstance(rule, Detection):
        yield Section("Who does this legitimately", points=rule.false_positives)
        yield Section("MITRE ATT&CK", points=tuple(map(_technique, rule.attack)))
    yield Section("Controls", points=tuple(map(str, rule.compliance)))
    yield Section("Read more", points=rule.references)


def _unwrapped(text: str) -> str:
    """Make a line of every paragraph: whoever shows it knows how wide it may be."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def _parameters(rule: Rule, settings: Settings) -> Iterator[str]:
    """Write each parameter as rolecall.toml does; TOML writes these values as JSON does."""
    given = settings.of(rule).parameters
    for name, default in rule.parameters.items():
        value = given.get(name, default)
        note = "" if value == default else f"  # default: {_toml(default)}"
        yield f"{name} = {_toml(value)}{note}"


def _parameters_at(rule: Rule, settings: Settings, place: Place) -> Iterator[str]:
    """Write each parameter as it holds for whoever in the account no path and no tag sets apart."""
    for name, found in settings.of(rule).in_force(rule, place).items():
        yield f"{name} = {_toml(found.value)}  # {found.origin}"


def _overrides(rule: Rule, settings: Settings, place: Place | None = None) -> Iterator[str]:
    """Say what is set where; of a place only what may hold for some and not for all in it."""
    for override in sorted(settings.of(rule).overrides, key=lambda each: each.scope.rank):
        if place and not override.scope.may_divide(place):
            continue
        given = ", ".join(f"{name} = {_toml(v)}" for name, v in override.parameters.items())
        yield f"{override.scope}: {given} ({override.origin})"


def _exceptions(rule: Rule, settings: Settings, place: Place) -> Iterator[str]:
    """Name the reviewed exceptions that can reach findings of the rule in the account."""
    for exception in settings.exceptions:
        is_elsewhere = exception.account_id not in ("", place.account_id)
        if exception.rule in ("", rule.id) and not is_elsewhere:
            yield (
                f"{exception.what}, until {exception.ends_on}, by {exception.owner}:"
                f" {exception.reason} ({exception.origin})"
            )


def _toml(value: Parameter) -> str:
    return json.dumps(value, ensure_ascii=False)


def _pattern(pattern: EventPattern) -> str:
    calls = ", ".join(pattern.names) or "every event"
    source = f"{', '.join(pattern.sources)}: " if pattern.sources else ""
    who = f" by identity type {', '.join(pattern.identity_types)}" if pattern.identity_types else ""
    return f"{source}{calls}{who}"


def _technique(technique: str) -> str:
    return f"{technique} {_TECHNIQUES}/{technique.replace('.', '/')}/"


def _markdown_lines(explanation: Explanation) -> Iterator[str]:
    yield f"## {explanation.rule_id}"
    yield ""
    severity, when = explanation.severity.name, explanation.occasion
    yield f"**{_escaped(explanation.title)}** · {severity} · {when}"
    for section in explanation.sections:
        yield ""
        if section.text:
            yield f"**{section.heading}.** {_escaped(section.text)}"
        else:
            yield from (f"**{section.heading}**", "")
        if section.is_code:
            yield from ("```toml", f"[rules.{explanation.rule_id}]", *section.points, "```")
        else:
            yield from (f"- {_linked(_escaped(point))}" for point in section.points)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", text)


def _linked(text: str) -> str:
    return re.sub(r"https://\S+", r"<\g<0>>", text)
