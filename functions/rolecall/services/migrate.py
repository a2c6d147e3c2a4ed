"""Who has long-lived credentials, what to use instead of them, and who should move first."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from rolecall.model.account import Account
from rolecall.model.gravity import Fact, grade
from rolecall.model.migration import Migration
from rolecall.model.owners import owner_of
from rolecall.model.principals import User
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day
from rolecall.services.migration_commands import commands_for
from rolecall.services.migration_signs import active_keys_of, is_person, is_unused, way_of

_OLD_DAYS = 365


def migrate(accounts: Iterable[Account], *, people_only: bool = False) -> list[Migration]:
    """Return everybody with a password, an active key or an API key, the most urgent first.

    Of two who are equally urgent, people come before programs, and who has the older credentials
    before the other. The root user is not among them: `member-root-credentials` tells of it.
    Users whose credentials could not be read are not either; the account's gaps tell of them.
    """
    found = (each for account in accounts for each in _migrations(account))
    return sorted((each for each in found if each.is_person or not people_only), key=_rank)


def _rank(migration: Migration) -> tuple[int, bool, datetime, str]:
    return (
        -migration.urgency,
        not migration.is_person,
        migration.since,
        migration.user.arn,
    )


def _migrations(account: Account) -> Iterator[Migration]:
    for user, credentials in account.credentials():
        api_keys = [key for key in user.service_specific_credentials if key.is_active]
        held = (*credentials.usable, *api_keys)
        if not held:
            continue
        way, because = way_of(account, user)
        urgency, reasons = grade(Severity.MEDIUM, account, user, *_facts(account, user))
        yield Migration(
            user=user,
            account_id=account.id,
            has=tuple(map(str, held)),
            since=min(each.made_at or user.created_at for each in held),
            way=way,
            because=because,
            urgency=urgency,
            urgent_because=reasons,
            commands=commands_for(way, user, account.id),
            is_person=is_person(account, user),
            creator=account.creator_of(user),
        )


def _facts(account: Account, user: User) -> Iterator[Fact]:
    credentials = user.credentials
    if credentials and credentials.password and not credentials.has_mfa:
        yield Fact("its password opens the console without MFA", 1)
    made = [key.created_at for key in active_keys_of(user)]
    if made and account.is_older_than(min(made), _OLD_DAYS):
        yield Fact(f"its access key dates from {format_day(min(made))}", 1)
    if is_unused(account, user):
        yield Fact("nobody uses it", -1)
    person = account.people.find(owner_of(user) or user.name) if account.people else None
    if person and not person.is_active:
        yield Fact(f"its owner {person.user_name} has left", 1)
