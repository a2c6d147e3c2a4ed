from dataclasses import replace

import pytest

from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, Part, State
from rolecall.model.credentials import Use
from rolecall.services.record_principals import RecordPrincipals
from tests.builders import account, days_ago, held, last_use, role, user
from tests.fakes import FakePrincipals

ALICE = user(policies=(held("s3:GetObject"),))
DEPLOY = role(policies=(held("sqs:*"),), last_use=last_use(3))
CREATOR = "arn:aws:iam::111122223333:user/maker"
DENIED = Completeness(State.DENIED, "AccessDenied", "organizations:ListPolicies")


@pytest.fixture
def principals():
    return FakePrincipals()


@pytest.fixture
def recorded(principals):
    """Return a function that records a snapshot and says what was written and removed."""

    def run(*users, roles=(DEPLOY,), **fields):
        done = RecordPrincipals(principals).run(account(*users, roles=roles, **fields))
        return done.written, done.removed

    return run


def test_records_every_user_and_role(recorded, principals):
    assert recorded(ALICE) == (2, 0)

    assert set(principals.stored) == {ALICE.arn, DEPLOY.arn}


def test_writes_nothing_the_second_time(recorded, principals):
    recorded(ALICE)

    assert recorded(ALICE, taken_at=days_ago(-1)) == (0, 0)
    assert principals.writes == 2


def test_writes_what_changed_and_nothing_else(recorded, principals):
    recorded(ALICE)

    assert recorded(replace(ALICE, policies=(held("s3:*"),))) == (1, 0)
    assert principals.stored[ALICE.arn].rights["everywhere"].actions > 1


def test_removes_who_is_gone(recorded, principals):
    recorded(ALICE)

    assert recorded(roles=[DEPLOY]) == (0, 1)
    assert set(principals.stored) == {DEPLOY.arn}


def test_touches_nothing_of_an_account_that_could_not_be_read(recorded, principals):
    recorded(ALICE)
    gap = Gap(Part.AUTHORIZATION_DETAILS, "iam:GetAccountAuthorizationDetails", "AccessDenied")

    assert recorded(roles=(), gaps=(gap,)) == (0, 0)
    assert set(principals.stored) == {ALICE.arn, DEPLOY.arn}


def test_keeps_the_record_of_a_principal_that_could_not_be_read(recorded, principals):
    recorded(ALICE)
    before = principals.stored[ALICE.arn]

    assert recorded(replace(ALICE, policies=(), unread=("lost",))) == (0, 0)
    assert principals.stored[ALICE.arn] == before


def test_records_nobody_anew_who_could_not_be_read(recorded, principals):
    recorded(replace(ALICE, unread=("lost",)))

    assert set(principals.stored) == {DEPLOY.arn}


def test_keeps_what_was_known_while_guardrails_are_unread(recorded, principals):
    recorded(ALICE)
    before = principals.stored[ALICE.arn]
    parts = {**account().parts, Part.ORGANIZATION_POLICIES: DENIED}
    bob = user("bob")

    assert recorded(replace(ALICE, policies=(held("s3:*"),)), bob, parts=parts) == (1, 0)
    assert principals.stored[ALICE.arn] == before
    assert bob.arn in principals.stored


def test_follows_changes_where_guardrails_were_never_read(recorded, principals):
    parts = {**account().parts, Part.ORGANIZATION_POLICIES: DENIED}
    recorded(ALICE, parts=parts)

    assert recorded(ALICE, parts=parts) == (0, 0)
    assert recorded(replace(ALICE, policies=(held("s3:*"),)), parts=parts) == (1, 0)
    assert not principals.stored[ALICE.arn].guardrails_known
    assert recorded(ALICE) == (2, 0)
    assert principals.stored[ALICE.arn].guardrails_known


def test_keeps_who_made_it(recorded, principals):
    recorded(ALICE)
    principals.stored[ALICE.arn] = replace(principals.stored[ALICE.arn], creator=CREATOR)

    recorded(replace(ALICE, policies=(held("s3:*"),)))

    assert principals.stored[ALICE.arn].creator == CREATOR


def test_knows_nothing_of_a_namesake_made_later(recorded, principals):
    recorded(ALICE)
    principals.stored[ALICE.arn] = replace(principals.stored[ALICE.arn], creator=CREATOR)

    recorded(replace(ALICE, created_at=days_ago(-1)))

    assert principals.stored[ALICE.arn].creator == ""


def test_tells_since_when_the_rights_are_what_they_are(recorded, principals):
    recorded(ALICE, taken_at=days_ago(2))

    recorded(replace(ALICE, groups=("empty",)), taken_at=days_ago(1))
    assert principals.stored[ALICE.arn].rights_since == days_ago(2)

    recorded(replace(ALICE, policies=(held("s3:*"),)), taken_at=days_ago(0))
    assert principals.stored[ALICE.arn].rights_since == days_ago(0)


def test_not_knowing_the_last_use_is_not_forgetting_it(recorded, principals):
    recorded()

    assert recorded(roles=[replace(DEPLOY, last_use=role().last_use)]) == (0, 0)
    assert principals.stored[DEPLOY.arn].last_use.use is Use.USED
