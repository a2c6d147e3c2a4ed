"""An event that may have changed permissions is kept, and its account looked at soon."""

from dataclasses import dataclass

from rolecall.model.event import CloudTrailEvent
from rolecall.model.kept_change import kept_change
from rolecall.model.permission_changes import bears_on_many, may_change_permissions
from rolecall.services.change_ports import Changes, Looks
from rolecall.services.ports import Clock


@dataclass(frozen=True, slots=True)
class NoteChange:
    """The use case: nothing is judged by the event, it only tells where to look and who did it."""

    changes: Changes
    looks: Looks
    clock: Clock

    def run(self, event: CloudTrailEvent) -> bool:
        """Tell whether the event was noted; one that comes twice is looked at once more.

        For what bears on many accounts nobody is asked: an audit of all of them starts by itself.
        """
        if not may_change_permissions(event):
            return False
        # Kept first: whoever looks finds what made it look.
        self.changes.keep(kept_change(event))
        if not bears_on_many(event):
            self.looks.ask(event.account_id, self.clock())
        return True
