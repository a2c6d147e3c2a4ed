from rolecall.checks.root.root_access_key import root_access_key
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, access_key, account, root


def evidence_for(*keys):
    return root_access_key.judge(account(root=root(keys=keys)), {})


def test_flags_an_active_key_however_young():
    [evidence] = evidence_for(access_key(days_old=0, id=None))

    assert evidence.summary == (
        f"the root user of {ACCOUNT} has an active access key of 2026-11-23"
    )
    assert evidence.resource == account().resource
    assert root_access_key.severity is Severity.CRITICAL


def test_says_when_it_was_last_used():
    [evidence] = evidence_for(access_key(days_old=165, used=160))

    assert evidence.summary.endswith(
        "has an active access key of 2026-06-11; it was last used on 2026-06-16 for s3"
    )
    assert evidence.data == {
        "created_at": "2026-06-11T12:00:00Z",
        "last_used_at": "2026-06-16T12:00:00Z",
    }


def test_tells_two_keys_apart():
    evidence = evidence_for(access_key(days_old=5), access_key(number=2, days_old=6))

    assert len({each.occasion for each in evidence}) == 2


def test_accepts_a_deactivated_key():
    assert not evidence_for(access_key(active=False))


def test_says_nothing_where_the_root_user_was_not_read():
    assert not root_access_key.judge(account(), {})
