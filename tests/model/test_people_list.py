import json

import pytest

from rolecall.model.people_list import (
    PeopleError,
    parse_people,
    people_document,
    read_people_list,
)


def find(text, owner):
    return read_people_list(text, "people.csv").find(owner)


def test_a_table_tells_who_works_here_and_who_has_left():
    table = "User_Name,EMAIL,active\nalice,alice@example.com,yes\nbob,bob@example.com,Disabled\n"

    assert find(table, "ALICE@example.com").is_active
    assert not find(table, " bob").is_active
    assert find(table, "carol") is None


def test_a_list_of_addresses_is_enough():
    assert find("email\nalice@example.com a.example@example.com\n", "a.example@example.com")


def test_of_two_entries_of_one_name_the_active_one_counts():
    table = "user_name,active\nalice,true\nalice,false\n"

    assert find(table, "alice").is_active


@pytest.mark.parametrize("wrap", [lambda people: people, lambda people: {"people": people}])
def test_json_is_what_a_snapshot_has(wrap):
    people = [{"user_name": "alice", "emails": ["alice@example.com"]}]

    assert find(json.dumps(wrap(people)), "alice@example.com").user_name == "alice"


def test_a_row_that_names_nobody_is_passed_over():
    table = "user_name,email,active\n,,yes\nalice,,\n"

    [person] = read_people_list(table, "people.csv").people

    assert person.user_name == "alice"


def test_what_is_read_can_be_written_and_read_again():
    people = read_people_list("user_name,email,active\nalice,a@example.com b@example.com,no\n", "x")

    assert parse_people(people_document(people)) == people


@pytest.mark.parametrize(
    "text",
    [
        *("", "name\nalice\n", "{", "[1]", '{"persons": []}', '[{"user_name": 1}]'),
        '[{"user_name": "alice", "emails": "alice@example.com"}]',
        '[{"user_name": "alice", "emails": [1]}]',
        '[{"user_name": "alice", "is_active": "false"}]',
    ],
)
def test_what_is_no_list_is_told_so(text):
    with pytest.raises(PeopleError):
        find(text, "alice")
