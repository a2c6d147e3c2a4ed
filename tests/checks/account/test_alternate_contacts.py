from rolecall.checks.account.alternate_contacts import alternate_contacts
from rolecall.model.account_settings import Contacts
from rolecall.model.severity import Severity
from tests.builders import account

ALL = {"wanted_contacts": ("SECURITY", "BILLING", "OPERATIONS")}


def evidence_for(*kinds, parameters=None):
    snapshot = account(contacts=Contacts(frozenset(kinds)))
    return alternate_contacts.judge(snapshot, parameters or {})


def test_flags_an_account_without_security_contact():
    [evidence] = evidence_for("BILLING")

    assert evidence.summary == "account 111122223333 has no alternate contact for security"
    assert evidence.severity is Severity.MEDIUM


def test_accepts_an_account_with_one():
    assert not evidence_for("SECURITY")


def test_others_count_where_they_are_wanted_and_less():
    [evidence] = evidence_for("SECURITY", "BILLING", parameters=ALL)

    assert evidence.summary.endswith("for operations")
    assert evidence.severity is Severity.LOW


def test_all_that_is_missing_is_one_finding():
    [evidence] = evidence_for(parameters=ALL)

    assert evidence.data["missing"] == ["SECURITY", "BILLING", "OPERATIONS"]
    assert len(evidence.commands) == 3
