from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.checks.exceptions.wide_exception import wide_exception
from rolecall.model.scope import Scope
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, HUB, NOW, ORGANIZATION, account, an_exception

MANAGEMENT = replace(ORGANIZATION, management_account_id=ACCOUNT)
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
IN_ACCOUNT = Scope(account=ACCOUNT)


def judged(*exceptions, organization=MANAGEMENT, **parameters):
    snapshot = account(organization=organization, exceptions=exceptions)
    return wide_exception.judge(snapshot, parameters)


@pytest.mark.parametrize(
    "wide",
    [
        {"rule": "unused-credentials"},
        {"scope": IN_ACCOUNT},
        {"scope": Scope(ou="/Sandbox")},
        {"scope": Scope(tag="team=payments")},
        {"rule": "unused-credentials", "scope": Scope(ou="/Sandbox")},
        {"rule": "unused-credentials", "resource": "*"},
        {"resource": "arn:aws:iam::111122223333:*"},
        {"resource": "arn:aws:iam::111122223333:user/*", "scope": IN_ACCOUNT},
        {"resource": "arn:aws:iam::*:root"},
        {"resource": "arn:aws:iam::111122223333:root"},
        {"rule": "root-without-mfa", "resource": "arn:aws:iam::*:root"},
        {"resource": "*user*"},
        {"resource": "*:user/*a*"},
        {"resource": "arn:aws:iam::*:role/a*"},
        {"resource": "arn:aws:iam::*:role/*-x"},
        {"resource": "arn:aws:iam::*:user/????????????*"},
        {"resource": "arn:aws-cn:iam::*:group/*"},
        {"resource": "*111122223333*"},
        {"resource": "arn:aws:iam::1111*"},
        {"resource": "*2333:user/*"},
        {"rule": "unused-credentials", "scope": Scope(path="/")},
        {"rule": "unused-credentials", "scope": Scope(tag="owner")},
        {"scope": Scope(account=ACCOUNT, path="/ci/")},
        {"rule": "user-created", "principal": "arn:aws:iam::*:role/*"},
        {"principal": "*"},
    ],
)
def test_tells_of_exceptions_for_a_whole_rule_or_a_whole_account(wide):
    assert judged(an_exception(**wide))


@pytest.mark.parametrize(
    "narrow",
    [
        {"finding": f"{ACCOUNT}-0123456789abcdef01234567"},
        {"resource": ALICE},
        {"principal": ALICE},
        {"rule": "user-created", "principal": "arn:aws:iam::*:role/provisioning"},
        {"resource": "arn:aws:iam::*:user/ci/*"},
        {"resource": "*:user/ci-*"},
        {"resource": "arn:aws:iam::111122223333:root", "rule": "root-activity"},
        {"resource": "arn:aws:iam::*:user/ada"},
        {"resource": "arn:aws:iam::*:user/a"},
        {"resource": "arn:aws:iam::*:user/*/backup-??"},
        {"rule": "unused-credentials", "resource": "arn:aws:iam::111122223333:user/*"},
        {"rule": "unused-credentials", "scope": IN_ACCOUNT},
        {"rule": "unused-credentials", "scope": Scope(path="/ci/")},
        {"rule": "unused-credentials", "scope": Scope(tag="team=payments")},
    ],
)
def test_says_nothing_of_narrow_ones(narrow):
    assert not judged(an_exception(**narrow))


def test_one_that_hides_every_rule_is_worse():
    [of_rule] = judged(an_exception(rule="unused-credentials"))
    [of_account] = judged(an_exception(scope=IN_ACCOUNT))

    assert of_rule.severity is None
    assert of_account.severity is Severity.HIGH


def test_says_whose_it_is_what_it_hides_and_until_when():
    [evidence] = judged(an_exception(rule="unused-credentials"))

    assert evidence.summary == (
        "the exception of ops@example.com hides rule unused-credentials until 2026-12-23"
    )
    assert evidence.data["origin"] == "exceptions[1]"


def test_a_narrow_one_may_last_a_year_and_no_longer():
    def lasting(days):
        return an_exception(resource=ALICE, ends_on=NOW.date() + timedelta(days=days))

    assert not judged(lasting(366))
    assert judged(lasting(367))
    assert judged(lasting(31), max_days=30)


def test_is_over_when_the_exception_is():
    assert judged(an_exception(rule="x", ends_on=NOW.date()))
    assert not judged(an_exception(rule="x", ends_on=NOW.date() - timedelta(days=1)))


def test_one_cause_is_told_in_one_account():
    everywhere, here, there = (
        an_exception(rule="x"),
        an_exception(scope=IN_ACCOUNT),
        an_exception(scope=Scope(account=HUB)),
    )
    member = replace(ORGANIZATION, management_account_id=HUB)
    alone = replace(ORGANIZATION, id="")

    assert len(judged(everywhere, here, there)) == 2
    assert len(judged(everywhere, here, there, organization=member)) == 1
    assert len(judged(everywhere, here, there, organization=alone)) == 2
