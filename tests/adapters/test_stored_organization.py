import hashlib

import pytest

from rolecall.adapters.organizations_directory import DirectoryError
from rolecall.adapters.stored_organization import organization_items, organization_of
from rolecall.model.organization import MemberAccount, Organization, People, Person
from tests.builders import ORGANIZATION

# Names that cannot be packed, so that a few thousand accounts need more items than one.
LARGE = Organization(
    "o-exampleorgid",
    frozenset(f"{number:012}" for number in range(10_000)),
    accounts={
        f"{number:012}": MemberAccount(
            id=f"{number:012}", name=hashlib.sha256(str(number).encode()).hexdigest()
        )
        for number in range(10_000)
    },
)


def stored(organization):
    """Return the items by their sort keys, in the order of their writing."""
    return {item["audit"]["S"]: item for item in organization_items(organization)}


def read(items):
    return organization_of(items["accounts"], lambda number: items.get(f"accounts/{number}", {}))


def test_a_large_organization_is_kept_over_several_items_the_first_one_last():
    items = stored(LARGE)

    assert len(items) > 1
    assert list(items)[-1] == "accounts"
    assert all(len(item["content"]["B"]) <= 350 * 1024 for item in items.values())
    assert read(items).accounts == LARGE.accounts


def test_people_are_kept_with_their_organization():
    people = People((Person(user_name="alice", is_active=False),), "Identity Center")
    organization = Organization("o-exampleorgid", frozenset(), people=people)

    assert not read(stored(organization)).people.find("alice").is_active


def test_an_organization_of_which_nothing_but_the_ids_is_known_is_one_item():
    assert list(stored(ORGANIZATION)) == ["accounts"]


@pytest.mark.parametrize("torn", [{}, {"content": {"B": b"of another writing"}}])
def test_pieces_that_are_not_of_one_writing_are_no_organization(torn):
    items = {**stored(LARGE), "accounts/1": torn}

    with pytest.raises(DirectoryError, match="just being written"):
        read(items)
