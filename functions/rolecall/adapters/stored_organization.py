"""The organization in the coverage table: one document, packed, over as few items as hold it."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rolecall.adapters.organizations_directory import DirectoryError
from rolecall.model.organization import Organization
from rolecall.model.people_list import parse_people, people_document
from rolecall.services.organization_document import (
    organization_document,
    parse_organization,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute

# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
_ITEM_BYTES = 350 * 1024
"""Of the 400 kB that an item may have."""


def organization_items(organization: Organization) -> "Iterator[dict[str, Attribute]]":
    """Yield the items to put, in this order: the first one, which tells of the others, comes last.

    10,000 accounts with names and places take about 300 kB.
    """
    document = organization_document(organization)
    if organization.people is not None:
        document["people"] = people_document(organization.people)
    packed = gzip.compress(json.dumps(document).encode(), mtime=0)
    pieces = [packed[at : at + _ITEM_BYTES] for at in range(0, len(packed), _ITEM_BYTES)]
    for number, piece in reversed(list(enumerate(pieces))):
        item: dict[str, Attribute] = {**organization_key(number), "content": {"B": piece}}
        if number == 0:
            item["id"] = {"S": organization.id}
            item["pieces"] = {"N": str(len(pieces))}
            item["digest"] = {"S": _digest(packed)}
        yield item


def organization_key(number: int = 0) -> "dict[str, Attribute]":
    """Return the key of an item; the first one is the only one that most organizations need."""
    audit = f"accounts/{number}" if number else "accounts"
    return {"account_id": {"S": "organization"}, "audit": {"S": audit}}


def organization_of(
    first: Mapping[str, Any], read: Callable[[int], Mapping[str, Any]]
) -> Organization:
    """Put the pieces together, reading those beyond the first by their numbers.

    Raises DirectoryError when they are not of one writing, as while a run lists the accounts anew.
    """
    numbers = range(1, int(first["pieces"]["N"]))
    rest = [read(number).get("content", {}).get("B", b"") for number in numbers]
    packed = b"".join(map(bytes, [first["content"]["B"], *rest]))
    if _digest(packed) != first["digest"]["S"]:
        raise DirectoryError("the stored list of accounts is just being written")
    document = json.loads(gzip.decompress(packed))
    people = document.get("people")
    return parse_organization(document, people=parse_people(people) if people else None)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
