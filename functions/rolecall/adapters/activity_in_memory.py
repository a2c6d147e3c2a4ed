"""What is remembered of events while recorded ones are judged: nothing outlives the process."""

from collections import defaultdict

from rolecall.model.memory import MOST_REMEMBERED, Remembered
from rolecall.services.activity_ports import Occurrence

_Subject = tuple[str, str, str]


class ActivityInMemory:
    """The port Activity without a table."""

    def __init__(self) -> None:
        """Begin without memories."""
        self._traces: dict[_Subject, dict[int, set[Remembered]]] = defaultdict(dict)

    def remember(self, what: Occurrence) -> list[Remembered]:
        """Keep the trace and return those of its subject around it, as the table does."""
        windows = self._traces[what.account_id, what.rule, what.subject]
        kept = windows.setdefault(what.bucket, set())
        if len(kept) < MOST_REMEMBERED:
            kept.add(what.trace)
        return [each for near in what.buckets for each in windows.get(near, ())]
