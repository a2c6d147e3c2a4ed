"""Decides what is news among the changes of the findings table, and tells it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rolecall.catalog import is_always_told
from rolecall.model.finding import Finding, Status
from rolecall.model.settings import NotificationSettings
from rolecall.services.compose import Kind, News, compose, summarize
from rolecall.services.ports import Message, Messages


@dataclass(frozen=True, slots=True)
class Change:
    """One write to the findings table; None where there was or is no item."""

    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True)
class Notify:
    """The use case: one batch of changes becomes a bounded number of messages."""

    messages: Messages
    settings: NotificationSettings

    def run(self, changes: Iterable[Change]) -> int:
        """Publish the news of a batch and return how many messages that took.

        More news than the configured number become one message: a first audit of a large
        organization sends one for every few seconds that it takes, and not ten thousand.
        """
        news = [each for each in map(self._news, changes) if each is not None]
        messages = self._messages(news)
        for message in messages:
            self.messages.publish(message)
        return len(messages)

    def _messages(self, news: list[News]) -> list[Message]:
        if len(news) > self.settings.max_messages_per_batch:
            return [summarize(news)]
        return [compose(each, self.settings.rules_url) for each in news]

    def _news(self, change: Change) -> News | None:
        """Return what there is to tell: at or above the threshold, or of a rule always told."""
        kind = kind_of(change)
        if kind is None or change.after is None:
            return None
        # A resolution is told where the opening was told: by the severity that was told then.
        told = change.before if kind is Kind.RESOLVED and change.before else change.after
        if told.severity < self.settings.threshold and not is_always_told(told.rule):
            return None
        return News(kind, change.after)


def kind_of(change: Change) -> Kind | None:
    """Say what makes a change news; None when it is not, whatever its severity."""
    before, after = change.before, change.after
    if after is None:  # expired
        return None
    if before is None:
        return Kind.OPENED if after.is_open else None
    if after.is_open:
        if not before.is_open:
            return Kind.REOPENED
        return Kind.WORSE if after.severity > before.severity else None
    return Kind.RESOLVED if before.is_open and after.status is Status.RESOLVED else None
