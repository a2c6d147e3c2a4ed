from rolecall.checks.root.root_used_recently import root_used_recently
from rolecall.model.credentials import UNKNOWN_USE, LastUse, Password, Use
from tests.builders import ACCOUNT, access_key, account, days_ago, password, root


def evidence_for(**fields):
    parameters = fields.pop("parameters", {})
    return root_used_recently.judge(account(root=root(**fields)), parameters)


def test_flags_a_sign_in_with_the_password():
    [evidence] = evidence_for(password=password(used=2, days_old=900))

    assert evidence.summary == (
        f"the root user of {ACCOUNT} signed in with its password on 2026-11-21"
    )


def test_flags_the_use_of_a_key():
    [evidence] = evidence_for(keys=[access_key(days_old=900, used=2)])

    assert evidence.summary == (
        f"the root user of {ACCOUNT} used an access key for s3 on 2026-11-21"
    )


def test_judges_password_and_keys_apart():
    """Trap 5: root password use and root key use are tested separately."""
    evidence = evidence_for(
        password=password(used=2, days_old=900),
        keys=[access_key(days_old=900, used=3), access_key(number=2, days_old=800, used=4)],
    )

    assert len({each.occasion for each in evidence}) == 3


def test_flags_the_use_of_a_key_that_was_deactivated_since():
    assert evidence_for(keys=[access_key(days_old=900, used=2, active=False)])


def test_a_month_ends_on_the_second():
    def used(at):
        return Password(last_use=LastUse(Use.USED, at))

    assert evidence_for(password=used(days_ago(30)))
    assert not evidence_for(password=used(days_ago(30, seconds=1)))


def test_accepts_what_was_never_used_or_is_not_known():
    assert not evidence_for(password=password(), keys=[access_key(last_use=UNKNOWN_USE)])


def test_follows_the_configured_period():
    assert not evidence_for(password=password(used=2), parameters={"recent_days": 1})


def test_says_nothing_where_the_root_user_was_not_read():
    assert not root_used_recently.judge(account(), {})
