"""What AWS answered about one account becomes a snapshot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rolecall.model.account import Account, Gap
from rolecall.model.completeness import NOT_ASKED, Completeness, Part, State
from rolecall.model.organization import People
from rolecall.model.principals import User
from rolecall.services.dated_report import DatedReport, is_report_stale, read_dated_report
from rolecall.services.identify_keys import ListedKeys, read_listed_keys
from rolecall.services.new_users import NewUsers, read_new_users
from rolecall.services.raw_account import RawAccount
from rolecall.services.read_details import Details, read_details
from rolecall.services.read_other_parts import NONSENSE, OtherParts, nonsense, read_other_parts
from rolecall.services.read_policies import CALL as DETAILS_CALL

_OF_THE_ORGANIZATION = frozenset(
    {
        Part.ORGANIZATION_ACCOUNTS,
        Part.ORGANIZATION_POLICIES,
        Part.ORGANIZATION_FEATURES,
        Part.DELEGATED_ADMINISTRATORS,
        Part.PEOPLE,
    }
)
_TOLD_APART = (Part.AUTHORIZATION_DETAILS, Part.CREDENTIAL_REPORT, Part.NEW_USERS)


def assemble(raw: RawAccount) -> Account:
    """Put the parts together; what is missing or cannot be understood is a gap.

    Without the authorization details the users are those of the credential report; without the
    report they have no credentials.
    """
    details = _details(raw)
    listed, new_users, failures = _beside_the_report(raw)
    report = read_dated_report(raw, listed, new_users)
    users = _users(details, report)
    other = read_other_parts(raw, [*_root(report), *_completed(users, report)])
    parts = _came(raw) | failures | dict(other.failures) | _told_apart(raw, details, report)
    return Account(
        id=raw.id,
        partition=raw.partition,
        taken_at=raw.as_of or raw.taken_at,
        root=_root_user(other),
        users=tuple(user for user in other.users if not user.is_root),
        groups=details.groups if isinstance(details, Details) else (),
        roles=details.roles if isinstance(details, Details) else (),
        managed_policies=details.managed_policies if isinstance(details, Details) else (),
        organization=raw.organization,
        people=_people(raw),
        parts=parts,
        gaps=(*raw.gaps, *_gaps(details, report, users), *_gaps_of(parts, raw)),
        **other.fields,
    )


def _root_user(other: OtherParts) -> User | None:
    """Return the root user; the summary knows whether it has a password, the report may not."""
    root = next((user for user in other.users if user.is_root), None)
    has_no_password = other.fields.get("summary", {}).get("AccountPasswordPresent") == 0
    if root and root.credentials and has_no_password:
        return replace(root, credentials=replace(root.credentials, password=None))
    return root


def _people(raw: RawAccount) -> People | None:
    return raw.people or (raw.organization.people if raw.organization else None)


def _details(raw: RawAccount) -> Details | Gap | None:
    if raw.details is None:
        return raw.gap(Part.AUTHORIZATION_DETAILS)
    if isinstance(raw.details, Gap):
        return raw.details
    try:
        return read_details(raw.details, raw.taken_at)
    except NONSENSE as error:
        return Gap(Part.AUTHORIZATION_DETAILS, DETAILS_CALL, nonsense(error).reason)


def _beside_the_report(
    raw: RawAccount,
) -> tuple[ListedKeys, NewUsers, dict[Part, Completeness]]:
    """Return what is known of keys and of new users, and what came of it and makes no sense."""
    listed: ListedKeys = {}
    failures: dict[Part, Completeness] = {}
    try:
        listed = read_listed_keys(raw.access_keys)
    except NONSENSE as error:
        failures[Part.ACCESS_KEY_IDS] = nonsense(error)
    try:
        credentials = read_new_users(raw.answers.get(Part.NEW_USERS) or {})
        new_users = NewUsers(credentials, _came(raw)[Part.NEW_USERS])
    except NONSENSE as error:
        failures[Part.NEW_USERS] = nonsense(error)
        new_users = NewUsers({}, failures[Part.NEW_USERS])
    return listed, new_users, failures


def _users(details: Details | Gap | None, report: DatedReport | Gap | None) -> Sequence[User]:
    if isinstance(details, Details):
        return details.users
    return tuple(report.users()) if isinstance(report, DatedReport) else ()


def _completed(users: Sequence[User], report: DatedReport | Gap | None) -> Iterator[User]:
    return map(report.complete, users) if isinstance(report, DatedReport) else iter(users)


def _root(report: DatedReport | Gap | None) -> Iterator[User]:
    root = report.root() if isinstance(report, DatedReport) else None
    if root is not None:
        yield root


def _told_apart(
    raw: RawAccount, details: Details | Gap | None, report: DatedReport | Gap | None
) -> dict[Part, Completeness]:
    """Return what became of the two parts that a snapshot cannot do without."""
    return {
        Part.AUTHORIZATION_DETAILS: _completeness(details, raw),
        Part.CREDENTIAL_REPORT: _completeness(report, raw),
    }


def _completeness(came: Details | DatedReport | Gap | None, raw: RawAccount) -> Completeness:
    if came is None:
        return NOT_ASKED
    if isinstance(came, Gap):
        failed = Completeness.failed(came.error, came.call)
        is_stale = came.part == Part.CREDENTIAL_REPORT and is_report_stale(raw)
        return replace(failed, state=State.STALE) if is_stale else failed
    at = came.generated_at if isinstance(came, DatedReport) else raw.taken_at
    return Completeness(State.PRESENT, read_at=at)


def _came(raw: RawAccount) -> dict[Part, Completeness]:
    """Return what became of every other part, before anybody tried to understand it."""
    present = Completeness(State.PRESENT, read_at=raw.taken_at)
    absent = replace(present, state=State.ABSENT)
    organization = raw.organization
    there = {
        Part.ACCESS_KEY_IDS: raw.access_keys,
        Part.ORGANIZATION: organization,
        Part.ORGANIZATION_POLICIES: raw.organization_policies,
        Part.PEOPLE: raw.people or (organization and organization.people),
    }
    return {
        **dict.fromkeys(Part, NOT_ASKED),
        **{part: absent if each is None else present for part, each in raw.answers.items()},
        **(organization.parts if organization else {}),
        **{part: present for part, each in there.items() if each},
        **_of_people(raw),
        **raw.states,
    }


def _of_people(raw: RawAccount) -> dict[Part, Completeness]:
    """Say that a list that names nobody does not tell who left."""
    people = _people(raw)
    if people is None or people.people:
        return {}
    return {Part.PEOPLE: Completeness.failed("the list of people names nobody", people.source)}


def _gaps(
    details: Details | Gap | None, report: DatedReport | Gap | None, users: Sequence[User]
) -> Iterator[Gap]:
    missing = [each for each in (details, report) if isinstance(each, Gap)]
    # Nobody's policies and nobody's credentials: that is not seeing the account at all.
    is_total = not isinstance(details, Details) and not isinstance(report, DatedReport)
    yield from (replace(gap, is_total=is_total) for gap in missing)
    if isinstance(details, Details):
        yield from details.gaps
    if isinstance(report, DatedReport):
        yield from report.gaps(users)


def _gaps_of(parts: Mapping[Part, Completeness], raw: RawAccount) -> Iterator[Gap]:
    """Yield a gap for every other part that was wanted and did not come.

    What the organization would not tell is said once, of the account that was asked for it, and
    not of every member.
    """
    organization = raw.organization
    is_asked = organization is None or organization.management_account_id in ("", raw.id)
    for part, each in parts.items():
        if part in _TOLD_APART:
            continue
        if each.is_gap and (is_asked or part not in _OF_THE_ORGANIZATION):
            yield Gap(part, each.call, each.reason)
