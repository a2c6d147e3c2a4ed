"""A principal's record as items of the principals table and back.

One item tells everything of the principal. Beside it stands one for each managed policy that it
holds, so that the holders of a policy can be asked for.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rolecall.adapters.cutting import cut_members
from rolecall.adapters.findings_items import attribute, value_of
from rolecall.model.evidence import Json
from rolecall.model.principal_document import digest_of, parse_principal, principal_document
from rolecall.model.principal_record import PrincipalRecord, Rank

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute

    Item = dict[str, Attribute]

_ITEM_BYTES = 300 * 1024
"""Of the 400 kB that an item may have; the rest is for what DynamoDB counts and JSON does not."""
_MAY_BE_CUT = ("policies", "groups", "trusts", "rights", "sensitive", "escalation")


def principal_item(record: PrincipalRecord) -> "Item":
    """Write a record as an item, with the attributes of its indexes.

    A record that is larger than an item may be is cut, saying so in `cut`; its digest is that of
    the whole.
    """
    document = _cut(principal_document(record))
    document["id"] = record.arn
    document["digest"] = digest_of(record)
    # The attribute exists only for those who are asked for, so the index holds nobody else.
    document["rank"] = None if record.rank is Rank.ORDINARY else record.rank.value
    return _item(document)


def record_of_item(item: Mapping[str, Any]) -> PrincipalRecord:
    """Read what `principal_item` wrote."""
    document = {name: value_of(each) for name, each in item.items()}
    return parse_principal({"rank": Rank.ORDINARY, **document})


def holding_items(record: PrincipalRecord) -> "Iterator[Item]":
    """Yield an item for each managed policy, with the groups that it comes through."""
    for policy_arn, groups in record.holdings.items():
        yield _item(
            {
                "account_id": record.account_id,
                "id": f"{record.arn} {policy_arn}",
                "principal_arn": record.arn,
                "policy_arn": policy_arn,
                "groups": [group for group in groups if group],
                "is_direct": "" in groups,
            }
        )


def holder_of_item(item: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Read what `holding_items` wrote: who holds the policy, and through what."""
    values = {name: value_of(each) for name, each in item.items()}
    direct = [""] if values["is_direct"] else []
    return values["principal_arn"], (*direct, *values["groups"])


def key_of(item: Mapping[str, Any]) -> "Item":
    """Return the key of an item."""
    return {name: item[name] for name in ("account_id", "id")}


def principal_key(arn: str) -> "Item":
    """Return the key of the item that tells of the principal; its ARN names the account."""
    return {"account_id": attribute(arn.split(":")[4]), "id": attribute(arn)}


def _cut(document: dict[str, Json]) -> dict[str, Json]:
    large = {name: document[name] for name in _MAY_BE_CUT}
    fitting = cut_members(large, _ITEM_BYTES)
    cut = [name for name in large if fitting.get(name) != large[name]]
    small = {name: each for name, each in document.items() if name not in large}
    kept = {name: each for name, each in fitting.items() if name in large}
    return {**small, **kept, **({"cut": cut} if cut else {})}


def _item(document: Mapping[str, Json]) -> "Item":
    # An index does not take an attribute that is there but empty.
    return {name: attribute(value) for name, value in document.items() if value is not None}
