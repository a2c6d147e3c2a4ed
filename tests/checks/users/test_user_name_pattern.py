from rolecall.checks.users.user_name_pattern import user_name_pattern
from tests.builders import ACCOUNT, account, user


def evidence_for(name="alice", path="/people/", **parameters):
    given = user(name, arn=f"arn:aws:iam::{ACCOUNT}:user{path}{name}")
    return user_name_pattern.judge(account(given), parameters)


def test_flags_a_name_that_fits_no_pattern():
    [evidence] = evidence_for("admin", allowed_names=("*@example.com", "svc-*"))

    assert evidence.summary == "user admin has a name that fits no agreed pattern"


def test_flags_a_path_that_fits_no_pattern():
    [evidence] = evidence_for(path="/", allowed_paths=("/people/*", "/ci/"))

    assert evidence.summary == "user alice has a path / that fits no agreed pattern"


def test_accepts_what_fits_one_of_the_patterns():
    assert not evidence_for(
        "svc-backup", "/ci/", allowed_names=("*@*", "svc-*"), allowed_paths=("/ci/",)
    )


def test_tells_case_apart_as_iam_does():
    assert evidence_for("SVC-backup", allowed_names=("svc-*",))


def test_judges_nobody_where_no_pattern_is_declared():
    assert not evidence_for("anything at all")
