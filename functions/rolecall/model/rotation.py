"""Access keys in rotation: which active keys a user has, and which one is replacing another."""

from datetime import datetime, timedelta

from rolecall.model.credentials import AccessKey, Credentials


def active_keys(credentials: Credentials) -> list[AccessKey]:
    """Return the keys that work, the eldest first."""
    keys = [key for key in credentials.access_keys if key.is_active]
    return sorted(keys, key=lambda key: (key.created_at, key.number))


def successor(
    key: AccessKey, credentials: Credentials, at: datetime, overlap_days: int
) -> AccessKey | None:
    """Return the active key that is replacing this one at that moment; None where none is.

    A successor is younger than the key, and young enough for both to be needed: one that is older
    than the overlap replaces nothing, it is a second key.
    """
    for other in reversed(active_keys(credentials)):
        is_young = at - other.created_at <= timedelta(days=overlap_days)
        if is_young and other.created_at > key.created_at:
            return other
    return None
