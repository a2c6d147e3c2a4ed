"""A list of people that somebody keeps: a table with a header, or JSON."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from rolecall.model.evidence import Json
from rolecall.model.organization import People, Person
from rolecall.model.record import type_name

_LEFT = frozenset({"false", "no", "0", "disabled", "inactive", "terminated", "left"})


class PeopleError(ValueError):
    """The text is no list of people; the message says what is missing."""


def read_people_list(text: str, source: str) -> People:
    """Read CSV with the columns user_name, email (both or one of them) and, if you like, active.

    A person has as many addresses as the cell has words; a row that names nobody is passed over.
    JSON is what a snapshot has as `people`, or the list of them alone.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return _of_json(text, source)
    reader = csv.DictReader(io.StringIO(text))
    columns = {name.strip().casefold(): name for name in reader.fieldnames or ()}
    if not columns.keys() & {"user_name", "email"}:
        raise PeopleError("it has neither a column user_name nor a column email")
    persons = (_person(row, columns) for row in reader)
    return People(tuple(person for person in persons if person.user_name), source)


def people_document(people: People) -> dict[str, Json]:
    """Write who works here as JSON."""
    return {
        "source": people.source,
        "people": [
            {
                "user_name": person.user_name,
                "emails": list(person.emails),
                "is_active": person.is_active,
            }
            for person in people.people
        ],
    }


def parse_people(document: Mapping[str, Any]) -> People:
    """Read what `people_document` wrote; raise KeyError or TypeError for anything else."""
    return People(tuple(map(_parse_person, document["people"])), document.get("source", ""))


def _parse_person(document: Mapping[str, Any]) -> Person:
    person = Person(
        user_name=document["user_name"],
        emails=tuple(document.get("emails", ())),
        is_active=document.get("is_active", True),
    )
    # A leaver whose "false" is a text, or an address that is taken for letters, would pass.
    expected = ((person.user_name, str), (document.get("emails", []), list))
    for value, kind in (*expected, (person.is_active, bool), *((e, str) for e in person.emails)):
        if not isinstance(value, kind):
            raise TypeError(f"{value!r} is {type_name(value)}")
    return person


def _of_json(text: str, source: str) -> People:
    try:
        document = json.loads(text)
        document = {"people": document} if isinstance(document, list) else document
        return parse_people({"source": source, **document})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PeopleError(f"it makes no sense: {type(error).__name__}: {error}") from error


def _person(row: Mapping[str, str], columns: Mapping[str, str]) -> Person:
    values = {name: (row.get(column) or "").strip() for name, column in columns.items()}
    emails = tuple(values.get("email", "").split())
    return Person(
        user_name=values.get("user_name") or (emails[0] if emails else ""),
        emails=emails,
        is_active=values.get("active", "").casefold() not in _LEFT,
    )
