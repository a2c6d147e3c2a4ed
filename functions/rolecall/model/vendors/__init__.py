"""Whose an AWS account number is, where the owner says so in public."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("accounts.tsv")


@dataclass(frozen=True, slots=True)
class Vendor:
    """The owner of an account, and the page that says so."""

    name: str
    source: str


def vendor_of(account_id: str) -> Vendor | None:
    """Return the owner of an account; None where no public page is known that names one."""
    return _register().get(account_id)


@cache
def _register() -> Mapping[str, Vendor]:
    rows = (line.split("\t") for line in _FILE.read_text(encoding="utf-8").splitlines()[1:])
    return {
        account_id: Vendor(name, source)
        for name, source, accounts in rows
        for account_id in accounts.split(",")
    }
