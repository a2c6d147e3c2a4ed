"""A list of people that somebody keeps: a table with a header, or JSON."""

import csv
import io
import json

from rolecall.model.organization import People, Person
from rolecall.services.organization_document import parse_people

_LEFT = frozenset({"false", "no", "0", "disabled", "inactive", "terminated", "left"})


class PeopleError(ValueError):
    """The text is no list of people; the message says what is missing."""


def read_people_list(text: str, source: str) -> People:
    """Read CSV with the columns user_name, email (both or one of them) and, if you like, active.

    A person has as many addresses as the cell has words. JSON is what a snapshot has as `people`,
    or the list of them alone.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return _of_json(text, source)
    reader = csv.DictReader(io.StringIO(text))
    columns = {name.strip().casefold(): name for name in reader.fieldnames or ()}
    if not columns.keys() & {"user_name", "email"}:
        raise PeopleError("it has neither a column user_name nor a column email")
    return People(tuple(_person(row, columns) for row in reader), source)


def _of_json(text: str, source: str) -> People:
    try:
        document = json.loads(text)
        document = {"people": document} if isinstance(document, list) else document
        return parse_people({"source": source, **document})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PeopleError(f"it makes no sense: {type(error).__name__}: {error}") from error


def _person(row: dict[str, str], columns: dict[str, str]) -> Person:
    values = {name: (row.get(column) or "").strip() for name, column in columns.items()}
    emails = tuple(values.get("email", "").split())
    return Person(
        user_name=values.get("user_name") or (emails[0] if emails else ""),
        emails=emails,
        is_active=values.get("active", "").casefold() not in _LEFT,
    )
