from rolecall.checks.keys.unused_credentials import unused_credentials
from rolecall.model.credentials import UNKNOWN_USE
from tests.builders import KEY_ID, access_key, account, days_ago, password, user


def evidence_for(*keys, password=None, **parameters):
    return unused_credentials.judge(
        account(user("alice", keys=keys, password=password)), parameters
    )


def test_flags_a_key_that_was_last_used_too_long_ago():
    [evidence] = evidence_for(access_key(days_old=300, used=46))

    assert evidence.summary == (
        f"user alice: access key {KEY_ID} was last used on 2026-10-08 for s3"
    )


def test_accepts_a_key_used_on_the_last_day():
    assert not evidence_for(access_key(days_old=300, used=45))


def test_accepts_a_key_used_today():
    assert not evidence_for(access_key(days_old=300, used=0))


def test_counts_a_key_that_was_never_used_from_its_birth():
    [evidence] = evidence_for(access_key(days_old=46))

    assert evidence.summary.endswith("of 2026-10-08 was never used")


def test_leaves_a_new_key_time_to_be_used():
    assert not evidence_for(access_key(days_old=45))


def test_does_not_take_an_unknown_last_use_for_never():
    assert not evidence_for(access_key(days_old=4000, last_use=UNKNOWN_USE))


def test_ignores_a_deactivated_key():
    assert not evidence_for(access_key(days_old=300, active=False))


def test_flags_a_password_that_was_last_used_too_long_ago():
    [evidence] = evidence_for(password=password(used=46, days_old=300))

    assert evidence.summary.startswith("user alice: console password was last used on 2026-10-08")


def test_counts_a_password_that_was_never_used_from_its_last_change():
    assert evidence_for(password=password(days_old=46))
    assert not evidence_for(password=password(days_old=45))


def test_counts_a_password_of_unknown_age_from_the_users_creation():
    from rolecall.model.credentials import NEVER_USED, Password

    forgotten = user(password=Password(last_use=NEVER_USED), days_old=100)

    [evidence] = unused_credentials.judge(account(forgotten), {})

    assert evidence.data["unused_since"] == f"{days_ago(100):%Y-%m-%dT%H:%M:%SZ}"


def test_judges_password_and_both_keys_apart():
    evidence = evidence_for(
        access_key(days_old=100),
        access_key(number=2, days_old=200),
        password=password(days_old=100),
    )

    assert len({each.occasion for each in evidence}) == 3


def test_follows_the_configured_period():
    assert evidence_for(access_key(days_old=31), max_unused_days=30)
