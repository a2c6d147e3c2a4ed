"""Everything that a user can sign in or sign requests with, and what is known of its use."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from rolecall.model.mfa import MFADevice
from rolecall.model.other_credentials import SigningCertificate
from rolecall.model.timestamps import format_day, format_time


class Use(StrEnum):
    """Whether something was ever used; not knowing is an answer of its own."""

    USED = "used"
    NEVER = "never used"
    NOT_ON_RECORD = "no use on record"
    """Older than IAM's records: not used since they began, and before that nobody knows."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LastUse:
    """When something was last used, where that is known."""

    use: Use
    at: datetime | None = None
    service: str = ""
    region: str = ""
    on_record_since: datetime | None = None
    """When IAM's records began, where they are younger than what was used."""

    def idle_since(self, made_at: datetime) -> datetime | None:
        """Return since when it lies idle; None where that is not known.

        What was never used lies idle since it was made, what has no use on record at least since
        the records began.
        """
        if self.use is Use.UNKNOWN:
            return None
        return self.at or self.on_record_since or made_at

    def words(self, made_at: datetime) -> str:
        """Say what is known of the use of something made at that moment."""
        if self.use is Use.UNKNOWN:
            return f"of {format_day(made_at)}, whose last use is not known"
        if self.on_record_since:
            began = format_day(self.on_record_since)
            return f"of {format_day(made_at)} was not used since IAM's records began on {began}"
        if self.at is None:
            return f"of {format_day(made_at)} was never used"
        service = f" for {self.service}" if self.service else ""
        return f"was last used on {format_day(self.at)}{service}"


UNKNOWN_USE = LastUse(Use.UNKNOWN)
NEVER_USED = LastUse(Use.NEVER)
PASSWORD_USE_TRACKED_SINCE = datetime(2014, 10, 20, tzinfo=UTC)
"""Before this moment IAM kept no record of when a user signed in.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""


def unused_on_record(made_at: datetime, on_record_since: datetime) -> LastUse:
    """Return what no use on record says of something, by when IAM's records of it began."""
    if made_at >= on_record_since:
        return NEVER_USED
    return LastUse(Use.NOT_ON_RECORD, on_record_since=on_record_since)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessKey:
    """One of the two access keys a user may have.

    The credential report numbers a user's keys and dates them; the id comes from elsewhere and
    may be missing. What identifies a key in findings is therefore its date.
    """

    number: int
    is_active: bool
    created_at: datetime
    last_use: LastUse = UNKNOWN_USE
    id: str | None = None
    has_elder_twin: bool = False
    """Whether the user's other key was made in the same second and has the lower number."""

    @property
    def made_at(self) -> datetime:
        """When the key was made, as for every credential."""
        return self.created_at

    @property
    def occasion(self) -> str:
        """What tells the key's findings from those of the user's other key, whatever its number.

        Keys change their number when the other one is deleted; their date stays.
        """
        return format_time(self.created_at) + ("+" if self.has_elder_twin else "")

    def __str__(self) -> str:
        """Name the key by its id, or by its number where the id is not known."""
        return f"access key {self.id or self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Password:
    """A console password, also called login profile."""

    last_use: LastUse = UNKNOWN_USE
    changed_at: datetime | None = None
    next_rotation_at: datetime | None = None
    """When the password policy ends it; None where it does not or nobody can tell."""

    @property
    def made_at(self) -> datetime | None:
        """When the password as it is now was set; None where that is not known."""
        return self.changed_at

    @property
    def occasion(self) -> str:
        """What tells the password's findings from those of the user's keys."""
        return "password"

    def __str__(self) -> str:
        """Name the password as a person would."""
        return "console password"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What the credential report knows of a user, and the MFA devices behind its word."""

    password: Password | None = None
    has_mfa: bool = False
    access_keys: tuple[AccessKey, ...] = ()
    signing_certificates: tuple[SigningCertificate, ...] = ()
    mfa_devices: tuple[MFADevice, ...] | None = None
    """None where they are not known, though `has_mfa` is."""

    @property
    def usable(self) -> Iterator[Password | AccessKey]:
        """Yield what would let a thief in today: the password and the active keys."""
        if self.password:
            yield self.password
        yield from (key for key in self.access_keys if key.is_active)
