"""A credential report with its date, and the users it can speak of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, Part
from rolecall.model.principals import User
from rolecall.model.timestamps import format_time
from rolecall.services.identify_keys import ListedKeys, identify_keys
from rolecall.services.new_users import NewUsers
from rolecall.services.raw_account import CredentialReport, RawAccount
from rolecall.services.read_policies import listed
from rolecall.services.read_report import ROOT, Report, ReportError, read_report

REPORT_CALL = "iam:GetCredentialReport"

_REPORT_MAX_AGE = timedelta(days=1)


def read_dated_report(
    raw: RawAccount, listed_keys: ListedKeys, new_users: NewUsers
) -> "DatedReport | Gap | None":
    """Read the report of an account; a Gap where it does not make sense or is too old.

    The keys that IAM listed give those of the report their ids; users newer than it have what they
    were asked for.
    """
    if raw.report is None:
        return raw.gap(Part.CREDENTIAL_REPORT)
    if isinstance(raw.report, Gap):
        return raw.report
    generated_at = raw.report.generated_at
    if is_report_stale(raw):
        problem = f"the report of {format_time(generated_at)} is older than a day"
        return Gap(Part.CREDENTIAL_REPORT, REPORT_CALL, problem)
    try:
        return DatedReport(read_report(raw.report.text), generated_at, listed_keys, new_users)
    except ReportError as error:
        return Gap(Part.CREDENTIAL_REPORT, REPORT_CALL, str(error))


def is_report_stale(raw: RawAccount) -> bool:
    """Tell whether the account has a report that is too old to judge by."""
    report = raw.report
    return (
        isinstance(report, CredentialReport)
        and raw.taken_at - report.generated_at > _REPORT_MAX_AGE
    )


@dataclass(frozen=True, slots=True)
class DatedReport:
    """A credential report that can be read, and what is known beside it."""

    report: Report
    generated_at: datetime
    listed_keys: ListedKeys
    new_users: NewUsers

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
        """Give the user its credentials, if the report knows this very user or cannot know it."""
        if self._is_too_new(user):
            return replace(user, credentials=self.new_users.credentials.get(user.name))
        if not self._knows(user):
            return user
        row = self.report.rows[user.name]
        credentials = row.credentials
        if user.name in self.listed_keys:
            keys = identify_keys(credentials.access_keys, self.listed_keys[user.name])
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
        if unread := [name for name in new if name not in self.new_users.credentials]:
            yield _new_users_gap(unread, self.new_users.completeness)
        known = {*problems, *new, *(user.name for user in users if self._knows(user))}
        if missing := [user.name for user in users if user.name not in known]:
            yield _credentials_gap("some users", f"{listed(missing)}: not in the report")

    def _knows(self, user: User) -> bool:
        """Tell whether there is a row of this user, and not of one of another account or path."""
        row = self.report.rows.get(user.name)
        return row is not None and row.arn == user.arn

    def _is_too_new(self, user: User) -> bool:
        """Tell whether the report cannot know the user, even if it knew one of the same name."""
        return user.created_at > self.generated_at


def _credentials_gap(whose: str, problem: str) -> Gap:
    return Gap(part=f"credentials of {whose}", call=REPORT_CALL, error=problem)


def _new_users_gap(names: Sequence[str], completeness: Completeness) -> Gap:
    """Return a gap that the next report closes, with what kept us from asking before."""
    gap = _credentials_gap("new users", f"{listed(names)}: newer than the credential report")
    if completeness.is_gap:
        problem = f"{gap.error}; asked one by one: {completeness.reason}"
        gap = replace(gap, call=completeness.call or gap.call, error=problem)
    return replace(gap, is_passing=True)
