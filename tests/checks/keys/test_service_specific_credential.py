from datetime import timedelta

import pytest

from rolecall.checks.keys.service_specific_credential import service_specific_credential
from rolecall.model.other_credentials import ServiceSpecificCredential
from rolecall.model.severity import Severity
from tests.builders import NOW, access_key, account, days_ago, held, password, user

PHANTOM = "BedrockAPIKey-a1b2"


def credential(*, days_old=100, **fields):
    given = {
        "service": "codecommit.amazonaws.com",
        "name": "alice-at-111122223333",
        "id": "ACCAEXAMPLE123EXAMPLE",
        "is_active": True,
        "created_at": days_ago(days_old),
    }
    return ServiceSpecificCredential(**{**given, **fields})


def evidence_for(*credentials, name="alice", **fields):
    given = {
        "service_specific_credentials": credentials,
        "policies": (held("bedrock:InvokeModel"),),
        "days_old": 100,
    }
    holder = user(name, **{**given, **fields})
    return service_specific_credential.judge(account(holder), {})


def test_flags_an_active_credential():
    [evidence] = evidence_for(credential())

    assert evidence.summary == (
        "user alice has the codecommit credential ACCAEXAMPLE123EXAMPLE; it dates from 2026-08-15"
    )
    assert evidence.commands[0].endswith("ACCAEXAMPLE123EXAMPLE --status Inactive")
    assert evidence.commands[1].startswith("# undo: ")


def test_is_worse_one_second_past_its_age():
    [young] = evidence_for(credential(created_at=days_ago(90)))
    [old] = evidence_for(credential(created_at=days_ago(90, seconds=1)))

    assert (young.severity, old.severity) == (Severity.LOW, Severity.MEDIUM)


def test_a_bedrock_key_that_never_expires_is_worse():
    [evidence] = evidence_for(credential(service="bedrock.amazonaws.com"))

    assert evidence.severity is Severity.HIGH
    assert evidence.data["severity_because"] == ["the API key never expires"]


def test_names_the_end_of_a_key_that_has_one():
    [evidence] = evidence_for(credential(service="bedrock.amazonaws.com", expires_at=days_ago(-10)))

    assert evidence.summary.endswith("it dates from 2026-08-15 and works until 2026-12-03")
    assert evidence.severity is Severity.MEDIUM


@pytest.mark.parametrize("fields", [{"is_active": False}, {"expires_at": days_ago(0)}])
def test_accepts_a_credential_that_works_no_more(fields):
    assert not evidence_for(credential(**fields))


def test_names_the_user_that_was_made_for_a_bedrock_key():
    [evidence] = evidence_for(credential(service="bedrock.amazonaws.com"), name=PHANTOM)

    assert "for which the user was made;" in evidence.summary


def test_flags_the_user_whose_bedrock_key_is_gone():
    [evidence] = evidence_for(name=PHANTOM)

    assert evidence.summary == (
        "user BedrockAPIKey-a1b2 was made for a Bedrock API key that works no more,"
        " and is still there"
    )
    assert evidence.severity is Severity.LOW


def test_says_of_a_deactivated_bedrock_key_that_it_can_come_back():
    [evidence] = evidence_for(credential(is_active=False), name=PHANTOM)

    assert evidence.summary == (
        "user BedrockAPIKey-a1b2 was made for a Bedrock API key that is deactivated and can be"
        " activated again, and is still there"
    )


def test_a_left_over_user_is_as_bad_as_what_it_may_do_and_who_can_be_it():
    def severity(**fields):
        [evidence] = evidence_for(name=PHANTOM, **fields)
        return evidence.severity

    assert severity(keys=[access_key(active=False)]) is Severity.LOW
    assert severity(keys=[access_key(), access_key(number=2)]) is Severity.MEDIUM
    assert severity(policies=(held("*"),)) is Severity.MEDIUM
    assert severity(policies=(held("*"),), password=password()) is Severity.HIGH


def test_a_user_whose_key_is_being_made_is_not_left_over():
    assert not evidence_for(name=PHANTOM, created_at=NOW - timedelta(hours=1))
    assert evidence_for(name=PHANTOM, created_at=NOW - timedelta(hours=1, seconds=1))


def test_tells_two_credentials_of_one_user_apart():
    evidence = evidence_for(credential(), credential(id="ACCAEXAMPLE456EXAMPLE"))

    assert len({each.occasion for each in evidence}) == 2


def test_accepts_a_user_without_any():
    assert not evidence_for()
