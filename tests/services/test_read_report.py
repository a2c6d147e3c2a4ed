from datetime import UTC, datetime

import pytest

from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE, LastUse, Use
from rolecall.services.read_report import ROOT, ReportError, read_report
from tests.adapters.iam_answers import (
    REPORT_COLUMNS,
    key_1,
    key_2,
    report_row,
    report_text,
    root_row,
)

PASSWORD = {"password_enabled": "true", "password_last_changed": "2024-05-06T07:08:09+00:00"}


def credentials_of(row):
    return read_report(report_text(row)).rows[row["user"]].credentials


def test_a_user_without_anything_has_nothing():
    credentials = credentials_of(report_row())

    assert credentials.password is None
    assert credentials.access_keys == ()
    assert not credentials.has_mfa


@pytest.mark.parametrize(
    "time", ["2025-01-02T03:04:05+00:00", "2025-01-02T03:04:05Z", "2025-01-02T04:04:05+01:00"]
)
def test_times_may_be_written_with_z_or_an_offset(time):
    credentials = credentials_of(report_row(**PASSWORD, password_last_used=time))

    assert credentials.password.last_use == LastUse(
        Use.USED, datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    )


@pytest.mark.parametrize("word", ["no_information", "N/A"])
def test_a_password_that_iam_has_seen_all_its_life_and_nobody_used_was_never_used(word):
    credentials = credentials_of(report_row(**PASSWORD, password_last_used=word))

    assert credentials.password.last_use == NEVER_USED


def test_a_password_set_before_iam_kept_records_is_unused_since_they_began():
    row = report_row(
        password_enabled="true",
        password_last_changed="2014-10-19T23:59:59+00:00",
        password_last_used="no_information",
    )

    began = datetime(2014, 10, 20, tzinfo=UTC)
    assert credentials_of(row).password.last_use == LastUse(
        Use.NOT_ON_RECORD, on_record_since=began
    )


def test_a_password_without_date_is_as_old_as_its_user():
    row = report_row(
        user_creation_time="2013-01-01T00:00:00+00:00",
        password_enabled="true",
        password_last_used="no_information",
    )

    password = credentials_of(row).password

    assert password.changed_at is None
    assert password.last_use.use is Use.NOT_ON_RECORD


def test_a_report_without_the_column_of_last_use_does_not_mean_never_used():
    columns = [name for name in REPORT_COLUMNS if "last_used" not in name]
    row = report_row(**PASSWORD, **key_1())

    credentials = read_report(report_text(row, columns=columns)).rows["alice"].credentials

    assert credentials.password.last_use == UNKNOWN_USE
    assert credentials.access_keys[0].last_use == UNKNOWN_USE


def test_a_key_knows_when_where_and_for_what_it_was_used():
    row = report_row(
        **key_1(
            used="2026-11-01T00:00:00+00:00",
            access_key_1_last_used_region="eu-west-1",
            access_key_1_last_used_service="s3",
        )
    )

    [key] = credentials_of(row).access_keys

    assert key.last_use == LastUse(Use.USED, datetime(2026, 11, 1, tzinfo=UTC), "s3", "eu-west-1")


@pytest.mark.parametrize(
    ("made_at", "expected"),
    [
        ("2015-04-21T23:59:59+00:00", Use.NOT_ON_RECORD),
        ("2015-04-22T00:00:00+00:00", Use.NEVER),
    ],
)
def test_a_key_without_last_use_was_never_used_only_if_iam_kept_records_all_its_life(
    made_at, expected
):
    row = report_row(**key_1(access_key_1_last_rotated=made_at))

    [key] = credentials_of(row).access_keys

    assert key.last_use.use is expected
    assert key.last_use.idle_since(key.created_at) == datetime(2015, 4, 22, tzinfo=UTC)


def test_an_inactive_key_is_a_key():
    [key] = credentials_of(report_row(**key_2(active=False))).access_keys

    assert (key.number, key.is_active) == (2, False)


def test_two_keys_of_the_same_second_are_told_apart():
    first, second = credentials_of(report_row(**key_1(), **key_2())).access_keys

    assert first.occasion != second.occasion


def test_root_password_and_root_key_are_read_separately():
    row = root_row(password_last_used="2026-11-20T08:00:00+00:00", **key_1(used="N/A"))

    credentials = read_report(report_text(row)).rows[ROOT].credentials

    assert credentials.password.last_use.at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    [key] = credentials.access_keys
    assert key.last_use == NEVER_USED


def test_a_root_user_whose_password_was_taken_away_has_none():
    credentials = (
        read_report(report_text(root_row(password_enabled="false"))).rows[ROOT].credentials
    )

    assert credentials.password is None


@pytest.mark.parametrize(
    "name", ["comma,name", "müller", "用户", 'quo"te', "line\nbreak", "=1+1", "a+b@c.d_e-f"]
)
def test_any_name_survives(name):
    report = read_report(report_text(report_row(name), report_row("next")))

    assert list(report.rows) == [name, "next"]


def test_only_users_with_active_keys_are_worth_asking_for_their_keys():
    rows = [
        root_row(**key_1()),
        report_row("none"),
        report_row("inactive", **key_1(active=False)),
        report_row("second", **key_2()),
    ]

    assert read_report(report_text(*rows)).users_with_active_keys() == ["second"]


def test_a_byte_order_mark_is_no_part_of_the_first_column():
    report = read_report("\ufeff" + report_text(report_row()))

    assert list(report.rows) == ["alice"]


@pytest.mark.parametrize(
    "column", ["user", "password_enabled", "mfa_active", "access_key_2_last_rotated"]
)
def test_a_missing_column_without_which_nothing_can_be_said_is_an_error(column):
    columns = [name for name in REPORT_COLUMNS if name != column]

    with pytest.raises(ReportError, match=column):
        read_report(report_text(report_row(), columns=columns))


@pytest.mark.parametrize("text", ["", "<html>Sorry</html>", "\n\n"])
def test_what_is_no_report_is_an_error(text):
    with pytest.raises(ReportError):
        read_report(text)


def test_a_field_beyond_all_measure_is_an_error():
    with pytest.raises(ReportError, match="CSV"):
        read_report(report_text(report_row("x" * 200_000)))


@pytest.mark.parametrize(
    "fields",
    [
        {"mfa_active": "maybe"},
        {"password_enabled": "N/A"},
        {"user_creation_time": "yesterday"},
        {"user_creation_time": "2026-01-01T00:00:00"},
        {"access_key_1_active": "true"},
        key_1(used="recently"),
    ],
    ids=str,
)
def test_a_row_that_makes_no_sense_spoils_no_other(fields):
    report = read_report(report_text(report_row(**fields), report_row("bob")))

    assert list(report.problems) == ["alice"]
    assert list(report.rows) == ["bob"]


def test_a_row_that_is_cut_off_is_a_problem_and_not_a_user_without_credentials():
    text = report_text(report_row("bob"), report_row("cut"))

    report = read_report(text[: text.rindex("cut") + len("cut,arn:aws:iam")])

    assert list(report.rows) == ["bob"]
    assert list(report.problems) == ["cut"]
