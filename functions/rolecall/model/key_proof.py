"""The proof that an access key may go, or that it may not: what IAM and CloudTrail know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, ip_address, ip_network

from rolecall.model.credentials import LastUse, Use
from rolecall.model.event import CloudTrailEvent
from rolecall.model.timestamps import format_day


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """An access key and its user, as IAM knows them today."""

    id: str
    user_name: str
    is_active: bool
    created_at: datetime
    last_use: LastUse
    other_keys: Mapping[str, bool]
    """The user's other keys by id, and whether they are active."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What CloudTrail's event history of one region says of a key, the newest events first."""

    region: str
    since: datetime
    events: tuple[CloudTrailEvent, ...] = ()
    is_complete: bool = True
    """False where there are more events than were asked for."""
    error: str = ""
    """Why the history could not be read; empty when it was."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One agent in one network that used the key."""

    agent: str
    network: str
    services: tuple[str, ...]
    calls: int
    first_at: datetime
    last_at: datetime


class Verdict(StrEnum):
    """Whether the key may go."""

    MAY_GO = "may go"
    IN_USE = "in use"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyProof:
    """Everything that speaks for and against the key."""

    key: KnownKey
    at: datetime
    idle_days: int
    """For how long it must have been idle."""
    lookups: tuple[Lookup, ...]

    @property
    def verdict(self) -> Verdict:
        """Weigh it: a use that was seen counts, and what could not be looked up is no silence.

        Of reading and writing data (S3 objects, table items) the event history knows nothing, but
        IAM's last use does. Without one of the two there is no proof, nor is there before the key
        has existed for as long as it must have been idle: somebody may be about to use it.
        """
        if any(self._is_recent(moment) for moment in self._uses):
            return Verdict.IN_USE
        return Verdict.NOT_KNOWN if self._is_blind or self._is_new else Verdict.MAY_GO

    @property
    def reason(self) -> str:
        """Say in one sentence why the verdict is what it is."""
        if self.verdict is Verdict.IN_USE:
            return f"it was used on {format_day(max(self._uses))}"
        if self._is_blind:
            unread = [lookup.region for lookup in self.lookups if lookup.error]
            what = f"the event history of {', '.join(unread)}" if unread else "its last use"
            return f"{what} could not be read"
        if self._is_new:
            made_on = format_day(self.key.created_at)
            return f"it dates from {made_on} and is not {self.idle_days} days old"
        regions = ", ".join(lookup.region for lookup in self.lookups)
        words = self.key.last_use.words(self.key.created_at)
        since = format_day(min(lookup.since for lookup in self.lookups))
        return f"it {words}, and CloudTrail saw no call since {since} in {regions}"

    @property
    def callers(self) -> list[Caller]:
        """Who used the key, the latest first."""
        events = [event for lookup in self.lookups for event in lookup.events]
        groups: dict[tuple[str, str], list[CloudTrailEvent]] = {}
        for event in events:
            groups.setdefault((_agent(event), _network(event)), []).append(event)
        found = (_caller(agent, network, each) for (agent, network), each in groups.items())
        return sorted(found, key=lambda caller: caller.last_at, reverse=True)

    @property
    def _is_blind(self) -> bool:
        is_dark = any(lookup.error for lookup in self.lookups) or not self.lookups
        return is_dark or self.key.last_use.use is Use.UNKNOWN

    @property
    def _is_new(self) -> bool:
        return self._is_recent(self.key.created_at)

    @property
    def _uses(self) -> list[datetime]:
        seen = [event.at for lookup in self.lookups for event in lookup.events]
        return [*seen, *([self.key.last_use.at] if self.key.last_use.at else [])]

    def _is_recent(self, moment: datetime) -> bool:
        return self.at - moment <= timedelta(days=self.idle_days)


def _caller(agent: str, network: str, events: Sequence[CloudTrailEvent]) -> Caller:
    moments = [event.at for event in events]
    services = {event.source.partition(".")[0] for event in events}
    return Caller(agent, network, tuple(sorted(services)), len(events), min(moments), max(moments))


def _agent(event: CloudTrailEvent) -> str:
    """Return the product that called, without its version's many companions."""
    return event.user_agent.strip("[] ").partition(" ")[0] or "unnamed agent"


def _network(event: CloudTrailEvent) -> str:
    """Return the network of the caller: its /24 (IPv4) or /48 (IPv6), or the AWS service's name."""
    try:
        address = ip_address(event.source_ip)
    except ValueError:
        return event.source_ip or "unnamed network"
    length = 24 if isinstance(address, IPv4Address) else 48
    return str(ip_network(f"{address}/{length}", strict=False))
