from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.checks.keys.unused_credentials import unused_credentials
from rolecall.checks.keys.woke_up import woke_up
from rolecall.model.completeness import Part
from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE, LastUse, Use
from rolecall.model.finding import Status
from rolecall.model.settings import RuleSettings, Settings
from rolecall.model.severity import Severity
from rolecall.services.audit import judge
from rolecall.services.reconcile import reconcile
from tests.builders import (
    KEY_ID,
    NOW,
    access_key,
    account,
    days_ago,
    held,
    password,
    role,
    user,
)

SILENT_SINCE = days_ago(200)
READER = (held("s3:GetObject"),)


class Audits:
    """Audits one after another, each with what the one before stored."""

    def __init__(self, settings=None):
        self.settings = settings or Settings()
        self.stored = {}

    def run(self, at, *users, roles=()):
        known = list(self.stored.values())
        snapshot = account(*users, roles=roles, taken_at=at).remembering(known)
        judgement = judge(snapshot, (unused_credentials, woke_up), self.settings, "test")
        written = reconcile(known, judgement.findings, at)
        self.stored |= {finding.id: finding for finding in written}
        return written

    @property
    def told(self):
        return [
            finding
            for finding in self.stored.values()
            if finding.rule == "woke-up" and finding.status is Status.OPEN
        ]


def used(at):
    return LastUse(Use.USED, at, "s3", "eu-west-1")


def key_user(last_used_at, **fields):
    key = access_key(days_old=900, last_use=used(last_used_at))
    return user("alice", **{"keys": [key], "days_old": 900, "policies": READER, **fields})


def old_role(last_use, **fields):
    return role(**{"created_at": days_ago(900), "policies": READER, "last_use": last_use, **fields})


def test_tells_of_a_key_that_was_silent_and_is_used_again():
    audits = Audits()
    audits.run(days_ago(1), key_user(SILENT_SINCE))

    audits.run(NOW, key_user(days_ago(0, hours=2)))

    [finding] = audits.told
    assert finding.summary == (
        f"user alice: access key {KEY_ID} was silent from 2026-05-07 on"
        " and was used again on 2026-11-23"
    )
    assert finding.severity is Severity.HIGH
    assert finding.commands == (f"rolecall keys prove {KEY_ID}",)


def test_tells_it_once_though_the_key_is_used_on():
    audits = Audits()
    audits.run(days_ago(2), key_user(SILENT_SINCE))
    audits.run(days_ago(1), key_user(days_ago(1, hours=2)))
    [before] = audits.told

    written = audits.run(NOW, key_user(days_ago(0, hours=2)))

    assert audits.told == [before]
    assert not written


def test_is_over_after_a_month_and_does_not_come_back():
    audits = Audits()
    audits.run(days_ago(40), key_user(SILENT_SINCE))
    audits.run(days_ago(39), key_user(days_ago(39)))

    audits.run(days_ago(9), key_user(days_ago(9)))
    [still_told] = audits.told
    audits.run(days_ago(9, seconds=-1), key_user(days_ago(9)))
    over = list(audits.told)
    audits.run(NOW, key_user(days_ago(0, hours=1)))

    assert still_told
    assert not over
    assert not audits.told


def test_tells_of_a_key_that_was_never_used_until_now():
    audits = Audits()
    fresh = user("alice", keys=[access_key(days_old=200)], days_old=900, policies=READER)
    first_used = replace(access_key(days_old=200), last_use=used(NOW))
    audits.run(days_ago(1), fresh)

    audits.run(NOW, user("alice", keys=[first_used], days_old=900, policies=READER))

    [finding] = audits.told
    assert "was silent from 2026-05-07 on" in finding.summary


def test_a_silence_must_have_lasted_to_the_second():
    def told_after(silence):
        audits = Audits()
        audits.run(days_ago(1), key_user(NOW - silence))
        audits.run(NOW, key_user(NOW))
        return audits.told

    assert not told_after(NOW - days_ago(90))
    assert told_after(NOW - days_ago(90, seconds=1))


def test_tells_of_a_password():
    def alice(last_used_at):
        signed_in = replace(password(), last_use=used(last_used_at), changed_at=days_ago(900))
        return user("alice", password=signed_in, days_old=900, policies=READER)

    audits = Audits()
    audits.run(days_ago(1), alice(SILENT_SINCE))

    audits.run(NOW, alice(NOW))

    [finding] = audits.told
    assert finding.summary.startswith("user alice: console password was silent from 2026-05-07")
    assert "AttributeKey=Username,AttributeValue=alice" in finding.commands[0]


def test_mentions_a_role_while_it_is_silent_and_tells_when_it_wakes():
    audits = Audits()

    audits.run(days_ago(1), roles=[old_role(used(SILENT_SINCE))])
    [silent] = audits.told
    audits.run(NOW, roles=[old_role(used(NOW))])
    [woken] = audits.told

    assert silent.summary == "role deploy has been silent since 2026-05-07"
    assert silent.severity is Severity.INFORMATIONAL
    assert woken.summary == (
        "role deploy was silent from 2026-05-07 on and was used again on 2026-11-23"
    )
    assert woken.severity is Severity.HIGH
    assert woken.id == silent.id


def test_a_role_that_was_never_used_is_silent_since_it_was_made():
    audits = Audits()

    audits.run(NOW, roles=[old_role(NEVER_USED)])

    [finding] = audits.told
    assert finding.evidence["silent_since"] == "2024-06-06T12:00:00Z"


def test_remembers_a_last_use_that_iam_has_forgotten():
    def forgotten_at(at):
        return LastUse(Use.NOT_ON_RECORD, on_record_since=at - timedelta(days=400))

    audits = Audits()
    audits.run(days_ago(500), roles=[old_role(used(days_ago(700)))])
    [remembered] = audits.told

    written = audits.run(days_ago(1), roles=[old_role(forgotten_at(days_ago(1)))])
    audits.run(NOW, roles=[old_role(used(NOW))])

    assert not written
    [woken] = audits.told
    assert woken.evidence["silent_since"] == remembered.evidence["silent_since"]


def test_an_unknown_last_use_is_no_silence():
    audits = Audits()

    audits.run(NOW, roles=[old_role(UNKNOWN_USE)])

    assert not audits.told


def test_a_role_of_the_same_name_that_was_made_since_is_another_one():
    """Trap: deleted and recreated role of the same name."""
    audits = Audits()
    audits.run(days_ago(1), roles=[old_role(used(SILENT_SINCE))])

    audits.run(NOW, roles=[old_role(used(NOW), created_at=days_ago(0, hours=1))])

    assert not audits.told


def test_leaves_roles_of_services_alone():
    audits = Audits()
    arn = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/deploy"

    audits.run(NOW, roles=[old_role(used(SILENT_SINCE), arn=arn)])

    assert not audits.told


def test_is_worse_for_an_administrator():
    audits = Audits()
    audits.run(days_ago(1), key_user(SILENT_SINCE, policies=(held("*"),)))

    audits.run(NOW, key_user(NOW, policies=(held("*"),)))

    [finding] = audits.told
    assert finding.severity is Severity.CRITICAL


def test_is_not_judged_where_no_audit_is_remembered():
    snapshot = account(key_user(NOW), lacking=(Part.EARLIER_FINDINGS,))

    judgement = judge(snapshot, (woke_up,), Settings(), "test")

    assert judgement.not_judged == ("woke-up",)


def test_tells_nothing_at_the_first_audit():
    """Trap: first scan with an empty table."""
    audits = Audits()

    audits.run(NOW, key_user(NOW))

    assert not audits.told


def with_password(last_use, **fields):
    set_at = {"changed_at": days_ago(900), **fields}
    signing_in = replace(password(), last_use=last_use, **set_at)
    return user("alice", password=signing_in, days_old=900, policies=READER)


def test_tells_of_a_password_that_was_never_used_until_now():
    audits = Audits()
    audits.run(days_ago(1), with_password(NEVER_USED))

    audits.run(NOW, with_password(used(NOW)))

    [finding] = audits.told
    assert finding.summary == (
        "user alice: console password was silent from 2024-06-06 on"
        " and was used again on 2026-11-23"
    )


def test_a_password_that_was_set_anew_in_between_was_silent_all_the_same():
    audits = Audits()
    audits.run(days_ago(2), with_password(NEVER_USED))
    audits.run(days_ago(1), with_password(NEVER_USED, changed_at=days_ago(1, hours=2)))

    audits.run(NOW, with_password(used(NOW), changed_at=days_ago(1, hours=2)))

    [finding] = audits.told
    assert finding.evidence["silent_since"] == "2024-06-06T12:00:00Z"


@pytest.mark.parametrize(
    "settings",
    [RuleSettings(enabled=False), RuleSettings(parameters={"max_unused_days": 365})],
)
def test_remembers_by_itself_whatever_is_set_for_unused_credentials(settings):
    audits = Audits(Settings(rules={"unused-credentials": settings}))
    audits.run(days_ago(1), key_user(SILENT_SINCE))

    audits.run(NOW, key_user(NOW))

    [finding] = audits.told
    assert finding.severity is Severity.HIGH


def test_remembers_the_id_of_a_key_that_cannot_be_read_today():
    def without_id(last_used_at):
        key = access_key(days_old=900, last_use=used(last_used_at), id=None)
        return key_user(last_used_at, keys=[key])

    audits = Audits()
    audits.run(days_ago(2), key_user(SILENT_SINCE))
    written = audits.run(days_ago(1), without_id(SILENT_SINCE))

    audits.run(NOW, without_id(NOW))

    assert not [finding for finding in written if finding.rule == "woke-up"]
    [finding] = audits.told
    assert finding.summary.startswith(f"user alice: access key {KEY_ID} was silent")


def test_an_unchanged_sleeper_is_written_once():
    audits = Audits()
    sleeping = key_user(SILENT_SINCE)
    role_asleep = old_role(used(SILENT_SINCE))
    first = audits.run(days_ago(1), sleeping, roles=[role_asleep])

    second = audits.run(NOW, sleeping, roles=[role_asleep])

    assert len(first) == 3
    assert not second
