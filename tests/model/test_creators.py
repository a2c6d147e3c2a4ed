from datetime import timedelta

import pytest

from rolecall.model.creators import Creator, creators_of, with_creator
from rolecall.model.evidence import Evidence
from tests.builders import ACCOUNT, account, finding, user

ALICE = user("alice", days_old=10)
ADMIN = f"arn:aws:iam::{ACCOUNT}:role/admin"
MADE = Creator(ADMIN, "role admin (session bob)", ALICE.created_at)


def told(creator=MADE, **fields):
    given = {"id": creator.name, "resource": ALICE.resource, "evidence": creator.evidence}
    return finding(**{**given, **fields})


def creator_of(*findings, of=ALICE):
    return account(of).remembering(findings).creator_of(of)


def test_a_creator_is_read_as_it_was_written():
    assert creator_of(told()) == MADE
    assert str(MADE) == "made by role admin (session bob) on 2026-11-13"


def test_nothing_is_known_where_nobody_told():
    assert creator_of() is None
    assert creator_of(told(resource=user("bob").resource)) is None


def test_the_creator_of_an_earlier_user_of_that_name_is_another():
    earlier = Creator(ADMIN, "role old", ALICE.created_at - timedelta(days=1))

    assert creator_of(told(earlier)) is None
    assert creator_of(told(), told(earlier)) == MADE
    assert creator_of(told(earlier), told()) == MADE


def test_the_moment_is_that_of_the_user_and_not_of_the_event():
    later = Creator(ADMIN, MADE.name, ALICE.created_at + timedelta(seconds=1))

    assert creator_of(told(later)) == MADE


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"created_at": "2026-11-13T12:00:00Z"},
        {**MADE.evidence, "creator": None},
        {**MADE.evidence, "creator": ""},
        {**MADE.evidence, "created_at": "yesterday"},
        {**MADE.evidence, "created_at": 5},
    ],
)
def test_what_does_not_tell_all_of_it_tells_nothing(evidence):
    assert creators_of([told(evidence=evidence)]) == {}


def test_evidence_without_a_creator_stays_as_it_is():
    evidence = Evidence(resource=ALICE.resource, summary="user alice has no owner")

    assert with_creator(evidence, None) is evidence
