from dataclasses import replace

from rolecall.checks.account.people_lists_disagree import people_lists_disagree
from rolecall.model.organization import People, Person
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, HUB, ORGANIZATION, account


def person(name, *, here=True):
    return Person(user_name=name, emails=(f"{name}@example.com",), is_active=here)


LIST = People((person("alice"), person("bob", here=False), person("carol")), "people.csv")


def evidence_for(*stored, listed=LIST, management=ACCOUNT):
    store = People(stored, "Identity Center")
    organization = replace(ORGANIZATION, management_account_id=management, people=store)
    return people_lists_disagree.judge(account(organization=organization, people=listed), {})


def test_counts_whom_the_two_tell_apart_and_names_nobody():
    [evidence] = evidence_for(person("bob"), person("carol", here=False), person("dave"))

    assert evidence.data == {
        "left_but_enabled": 1,
        "unlisted_but_enabled": 1,
        "here_but_disabled": 1,
    }
    assert evidence.summary == (
        "of the people in Identity Center, compared with people.csv:"
        " 1 left by the list and are enabled in the store;"
        " 1 are enabled in the store and missing in the list;"
        " 1 are here by the list and disabled in the store"
    )


def test_is_worse_when_somebody_who_left_may_still_sign_in():
    [leaver] = evidence_for(person("bob"))
    [unlisted] = evidence_for(person("dave"))

    assert leaver.severity is Severity.MEDIUM
    assert unlisted.severity is Severity.LOW


def test_accepts_those_on_whom_they_agree():
    assert not evidence_for(person("alice"), person("bob", here=False))


def test_knows_people_by_any_of_their_addresses():
    assert not evidence_for(replace(person("a.example"), emails=("ALICE@example.com",)))


def test_accepts_that_not_everybody_has_access_to_aws():
    assert not evidence_for()


def test_has_nothing_to_compare_without_a_list_of_its_own():
    store = People((person("bob"),), "Identity Center")

    assert not evidence_for(person("bob"), listed=store)
    assert not evidence_for(person("bob"), listed=None)


def test_judges_in_the_management_account_alone():
    assert not evidence_for(person("bob"), management=HUB)
