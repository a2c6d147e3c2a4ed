"""What AWS answered about one account becomes a snapshot."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rolecall.model.account import Account, Gap
from rolecall.model.completeness import PRESENT, Part
from rolecall.model.organization import Organization
from rolecall.model.principals import User
from rolecall.model.timestamps import format_time
from rolecall.services.identify_keys import ListedKey, identify_keys
from rolecall.services.read_details import Details, moment, read_details
from rolecall.services.read_policies import CALL as DETAILS_CALL
from rolecall.services.read_policies import Detail, listed
from rolecall.services.read_report import ROOT, Report, ReportError, read_report

REPORT_CALL = "iam:GetCredentialReport"

_REPORT_MAX_AGE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """The credential report as IAM gives it."""

    text: str
    generated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAccount:
    """The parts of an account as they came; a Gap stands for one that did not come."""

    id: str
    partition: str = "aws"
    taken_at: datetime
    details: Sequence[Detail] | Gap
    """All pages of GetAccountAuthorizationDetails."""
    report: CredentialReport | Gap
    access_keys: Mapping[str, Sequence[Detail]] = field(default_factory=dict)
    """User name -> AccessKeyMetadata of all pages of ListAccessKeys, where it was asked for."""
    organization: Organization | None = None
    gaps: tuple[Gap, ...] = ()
    """What else could not be read."""


def assemble(raw: RawAccount) -> Account:
    """Put the parts together; what is missing or cannot be understood is a gap.

    Without the authorization details the users are those of the credential report; without the
    report they have no credentials.
    """
    details = _details(raw)
    report = _report(raw)
    users: tuple[User, ...] = ()
    if isinstance(details, Details):
        users = details.users
    elif isinstance(report, _DatedReport):
        users = tuple(report.users())
    return Account(
        id=raw.id,
        partition=raw.partition,
        taken_at=raw.taken_at,
        root=None if isinstance(report, Gap) else report.root(),
        users=users if isinstance(report, Gap) else tuple(map(report.complete, users)),
        groups=() if isinstance(details, Gap) else details.groups,
        roles=() if isinstance(details, Gap) else details.roles,
        organization=raw.organization,
        parts=dict.fromkeys(Part, PRESENT),
        gaps=(*raw.gaps, *_gaps(details, report, users)),
    )


def _details(raw: RawAccount) -> Details | Gap:
    if isinstance(raw.details, Gap):
        return raw.details
    try:
        return read_details(raw.details, raw.taken_at)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"the answer makes no sense: {type(error).__name__}: {error}"
        return Gap(Part.AUTHORIZATION_DETAILS, DETAILS_CALL, problem)


def _report(raw: RawAccount) -> "_DatedReport | Gap":
    if isinstance(raw.report, Gap):
        return raw.report
    generated_at = raw.report.generated_at
    if raw.taken_at - generated_at > _REPORT_MAX_AGE:
        problem = f"the report of {format_time(generated_at)} is older than a day"
        return Gap(Part.CREDENTIAL_REPORT, REPORT_CALL, problem)
    try:
        return _DatedReport(read_report(raw.report.text), generated_at, raw.access_keys)
    except ReportError as error:
        return Gap(Part.CREDENTIAL_REPORT, REPORT_CALL, str(error))


def _gaps(
    details: Details | Gap, report: "_DatedReport | Gap", users: Iterable[User]
) -> Iterator[Gap]:
    if isinstance(details, Gap) and isinstance(report, Gap):
        # Nobody's policies and nobody's credentials: that is not seeing the account at all.
        yield replace(details, is_total=True)
        yield replace(report, is_total=True)
        return
    yield from [details] if isinstance(details, Gap) else details.gaps
    yield from [report] if isinstance(report, Gap) else report.gaps(users)


@dataclass(frozen=True, slots=True)
class _DatedReport:
    """A credential report that can be read, and what is known beside it."""

    report: Report
    generated_at: datetime
    access_keys: Mapping[str, Sequence[Detail]]

    def users(self) -> Iterator[User]:
        """Yield the users that the report knows, of whom nothing else is known."""
        for name, row in self.report.rows.items():
            if name != ROOT:
                yield User(name=name, arn=row.arn, created_at=row.created_at)

    def root(self) -> User | None:
        """Return the root user, which is in the report alone."""
        row = self.report.rows.get(ROOT)
        if row is None:
            return None
        return User(
            name="root", arn=row.arn, created_at=row.created_at, credentials=row.credentials
        )

    def complete(self, user: User) -> User:
        """Give the user its credentials, if the report knows this very user."""
        row = self.report.rows.get(user.name)
        if row is None or self._is_too_new(user):
            return user
        credentials = row.credentials
        if user.name in self.access_keys:
            listed_keys = [_listed_key(each) for each in self.access_keys[user.name]]
            keys = identify_keys(credentials.access_keys, listed_keys)
            credentials = replace(credentials, access_keys=keys)
        return replace(user, credentials=credentials)

    def gaps(self, users: Iterable[User]) -> Iterator[Gap]:
        """Yield whose credentials are not known, and why."""
        problems = self.report.problems
        for name, problem in problems.items():
            whose = "the root user" if name == ROOT else f"user {name}"
            yield _credentials_gap(whose, problem)
        if ROOT not in self.report.rows and ROOT not in problems:
            yield _credentials_gap("the root user", f"the report has no row {ROOT}")
        new = [user.name for user in users if self._is_too_new(user)]
        if new:
            gap = _credentials_gap("new users", f"{listed(new)}: newer than the credential report")
            yield replace(gap, is_passing=True)
        known = {*self.report.rows, *problems, *new}
        if missing := [user.name for user in users if user.name not in known]:
            yield _credentials_gap("some users", f"{listed(missing)}: not in the report")

    def _is_too_new(self, user: User) -> bool:
        """Tell whether the report cannot know the user, even if it knew one of the same name."""
        return user.created_at > self.generated_at


def _credentials_gap(whose: str, problem: str) -> Gap:
    return Gap(part=f"credentials of {whose}", call=REPORT_CALL, error=problem)


def _listed_key(entry: Detail) -> ListedKey:
    return ListedKey(
        id=entry["AccessKeyId"],
        is_active=entry["Status"] == "Active",
        created_at=moment(entry["CreateDate"]).replace(microsecond=0),
    )
