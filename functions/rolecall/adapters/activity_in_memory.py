"""What is remembered of events while recorded ones are judged: nothing outlives the process."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rolecall.model.habits import MOST_USUAL, Unusual, Usual
from rolecall.model.memory import MOST_REMEMBERED, Remembered
from rolecall.model.role_sessions import OpenedSession
from rolecall.services.activity_ports import Appearance, Occurrence

if TYPE_CHECKING:
    from datetime import datetime

_Subject = tuple[str, str, str]


class ActivityInMemory:
    """The port Activity without a table."""

    def __init__(self) -> None:
        """Begin without memories."""
        self._traces: dict[_Subject, dict[int, set[Remembered]]] = defaultdict(dict)
        self._usual: dict[_Subject, dict[tuple[str, str], Usual]] = defaultdict(dict)
        self._since: dict[_Subject, datetime] = {}

    def remember(self, what: Occurrence) -> list[Remembered]:
        """Keep the trace and return those of its subject around it, as the table does."""
        windows = self._traces[what.account_id, what.rule, what.subject]
        kept = windows.setdefault(what.bucket, set())
        if len(kept) < MOST_REMEMBERED:
            kept.add(what.trace)
        found = [each for near in what.buckets for each in windows.get(near, ())]
        return found if what.trace in kept else [*found, what.trace]

    def accustom(self, what: Appearance) -> Unusual:
        """Keep how the subject acted, and return what of it is new, as the table does."""
        account = (what.account_id, what.rule, "")
        subject = (what.account_id, what.rule, f"of {what.habit.subject}")
        usual = self._usual[subject]
        for value in what.habit.values.items():
            known = usual.get(value)
            if known is None and len(usual) >= MOST_USUAL:
                continue
            if known is None or known.is_forgotten(what.at):
                usual[value] = Usual(what.event_id, what.at)
            elif what.at > known.last_at:
                usual[value] = Usual(known.first, what.at)
        since = self._since.setdefault(subject, what.at)
        kept = {kind: usual.get((kind, value)) for kind, value in what.habit.values.items()}
        new = {k: what.habit.values[k] for k, u in kept.items() if u and u.first == what.event_id}
        is_newcomer = len(new) == len(kept) and since >= what.at
        return Unusual(
            new=new,
            known=Counter(kind for kind, _ in usual),
            since=since,
            account_since=self._since.setdefault(account, what.at) if is_newcomer else None,
        )


class SessionsInMemory:
    """The port Sessions without a table."""

    def __init__(self) -> None:
        """Begin without sessions."""
        self._opened: dict[str, OpenedSession] = {}

    def keep(self, session: OpenedSession) -> None:
        """Keep who opened it; what knows less than what is there is left out."""
        known = self._opened.get(session.access_key_id)
        if known is None or not known.is_named:
            self._opened[session.access_key_id] = session

    def opened(self, access_key_id: str) -> OpenedSession | None:
        """Return the session of that key; None where its opening was not seen."""
        return self._opened.get(access_key_id)
