import pytest

from rolecall.checks.keys.service_specific_credential import service_specific_credential
from rolecall.model.other_credentials import ServiceSpecificCredential
from rolecall.model.severity import Severity
from tests.builders import account, days_ago, held, user


def credential(*, days_old=100, **fields):
    given = {
        "service": "codecommit.amazonaws.com",
        "name": "alice-at-111122223333",
        "id": "ACCAEXAMPLE123EXAMPLE",
        "is_active": True,
        "created_at": days_ago(days_old),
    }
    return ServiceSpecificCredential(**{**given, **fields})


def evidence_for(*credentials, name="alice", **parameters):
    holder = user(
        name, service_specific_credentials=credentials, policies=(held("bedrock:InvokeModel"),)
    )
    return service_specific_credential.judge(account(holder), parameters)


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


def test_names_the_user_that_exists_for_a_bedrock_key_alone():
    [evidence] = evidence_for(
        credential(service="bedrock.amazonaws.com"), name="BedrockAPIKey-a1b2"
    )

    assert "for which alone the user exists" in evidence.summary


def test_flags_the_user_whose_bedrock_key_is_gone():
    [evidence] = evidence_for(name="BedrockAPIKey-a1b2")

    assert evidence.summary == (
        "user BedrockAPIKey-a1b2 was made for a Bedrock API key that works no more,"
        " and is still there"
    )
    assert evidence.severity is Severity.LOW


def test_tells_two_credentials_of_one_user_apart():
    evidence = evidence_for(credential(), credential(id="ACCAEXAMPLE456EXAMPLE"))

    assert len({each.occasion for each in evidence}) == 2


def test_accepts_a_user_without_any():
    assert not evidence_for()
