import re
from pathlib import Path

import pytest

from rolecall.model import vendors
from rolecall.model.vendors import vendor_of

REGISTER = Path(vendors.__file__).with_name("accounts.tsv")


def rows():
    return [line.split("\t") for line in REGISTER.read_text().splitlines()]


@pytest.mark.parametrize(
    ("account_id", "name"),
    [("464622532012", "Datadog"), ("754728514883", "New Relic"), ("324880187172", "Spacelift")],
)
def test_names_the_owner_and_the_page_that_says_so(account_id, name):
    vendor = vendor_of(account_id)

    assert vendor.name == name
    assert vendor.source.startswith("https://")


def test_says_nothing_of_numbers_that_nobody_published():
    assert vendor_of("111122223333") is None


def test_every_number_has_one_owner_and_a_source():
    header, *entries = rows()
    numbers = [number for _, _, accounts in entries for number in accounts.split(",")]

    assert header == ["name", "source", "accounts"]
    assert all(re.fullmatch(r"\d{12}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers) > 100
    assert all(name and source.startswith("https://") for name, source, _ in entries)


def test_is_in_the_order_in_which_people_look_for_a_name():
    names = [name.casefold() for name, _, _ in rows()[1:]]

    assert names == sorted(names)
