"""Who opened a session of a role, so that what the session does is told with who is behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.provenance import person_behind

STS = "sts.amazonaws.com"
OPENING = ("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity")
LONGEST = timedelta(hours=36)
"""No session lasts longer: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html"""
_MOST_STEPS = 5
_LONGEST_TEXT = 500
"""Characters of a name that are kept: session names and subjects are whoever calls' to choose."""


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session, known by its access key, and who opened it."""

    access_key_id: str
    opened_by: str
    """The person, pipeline or role, in words."""
    opener_key_id: str
    """The access key of the opener's own session, which somebody opened in turn; or empty."""
    at: datetime
    is_named: bool
    """Whether the record says who it was; that of the role's account may know the account only."""


def session_in(event: CloudTrailEvent) -> OpenedSession | None:
    """Return the session that an event opened; None for what opened none, or a service's own.

    A call across accounts is recorded in both of them, and the caller's record knows more.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
    """
    if event.source != STS or event.name not in OPENING or not event.succeeded:
        return None
    key = event.answered("credentials", "accessKeyId")
    if not key or event.is_made_by_aws:
        return None
    return OpenedSession(
        access_key_id=key,
        opened_by=person_behind(event.actor)[:_LONGEST_TEXT],
        opener_key_id=event.actor.access_key_id,
        at=event.at,
        is_named=event.actor.type != "AWSAccount",
    )


def openers_of(
    access_key_id: str, opened: Callable[[str], OpenedSession | None]
) -> tuple[str, ...]:
    """Return who opened a session, who opened the session of that one, and so on, in words."""
    found: list[str] = []
    while access_key_id and len(found) < _MOST_STEPS:
        session = opened(access_key_id)
        if session is None:
            break
        found.append(session.opened_by)
        access_key_id = session.opener_key_id
    return tuple(found)
