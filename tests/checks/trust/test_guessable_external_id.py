import pytest

from rolecall.checks.trust.guessable_external_id import guessable_external_id
from tests.builders import FOREIGN, account, role, trust_of

RANDOM = "5f0c9a3e-7b1d-4c56-9f2e-8a61d3c0b7e4"


def trusting(external_id, name="vendor-access", foreign=FOREIGN):
    condition = {"StringEquals": {"sts:ExternalId": external_id}}
    return role(name, trust=trust_of({"AWS": foreign}, condition))


def evidence_for(*roles, **parameters):
    return guessable_external_id.judge(account(roles=roles), parameters)


@pytest.mark.parametrize(
    ("external_id", "why"),
    [
        ("111122223333", "is an account id"),
        ("00042", "looks counted"),
        ("customer-17", "looks counted"),
        ("vendor-access", "is made of a name"),
        ("acme-2024", "is made of a name"),
        ("my-external-id", "is made of common words"),
        ("aaaaaaaaaaaaaaaa", "is a plain sequence"),
        ("x7Kp2", "is shorter than 12 characters"),
    ],
)
def test_finds_what_others_would_guess(external_id, why):
    [evidence] = evidence_for(trusting(external_id), company_names=("ACME",))

    assert evidence.summary.endswith(why)
    assert external_id not in str(evidence.data["conditions"])


def test_accepts_a_random_one():
    assert not evidence_for(trusting(RANDOM))


def test_accepts_a_random_one_with_a_name_before_it():
    assert not evidence_for(trusting(f"acme-{RANDOM}"), company_names=("ACME",))


def test_accepts_one_vendor_with_several_roles():
    assert not evidence_for(trusting(RANDOM, "a-role"), trusting(RANDOM, "b-role"))


def test_finds_one_that_several_vendors_share():
    found = evidence_for(trusting(RANDOM, "a-role"), trusting(RANDOM, "b-role", "888877776666"))

    assert len(found) == 2
    assert all("is the same for" in evidence.summary for evidence in found)


def test_takes_accounts_of_one_statement_for_one_vendor():
    assert not evidence_for(trusting(RANDOM, foreign=[FOREIGN, "888877776666"]))


def test_takes_accounts_that_the_register_gives_one_owner_for_one_vendor():
    a_role = trusting(RANDOM, "a-role", "464622532012")
    b_role = trusting(RANDOM, "b-role", "865078226113")

    assert not evidence_for(a_role, b_role)


def test_joins_what_a_statement_and_another_role_tell_of_a_vendor():
    both = trusting(RANDOM, "a-role", [FOREIGN, "888877776666"])

    assert not evidence_for(both, trusting(RANDOM, "b-role", "888877776666"))


def test_counts_a_vendor_with_two_accounts_once():
    both = trusting(RANDOM, "a-role", [FOREIGN, "888877776666"])

    found = evidence_for(both, trusting(RANDOM, "b-role", "999988887777"))

    assert len(found) == 3
    assert all("777788889999 and 999988887777" in evidence.summary for evidence in found)


def test_asks_nothing_of_an_id_that_may_be_any():
    any_id = trust_of({"AWS": FOREIGN}, {"Null": {"sts:ExternalId": "false"}})

    assert not evidence_for(role("vendor", trust=any_id))
