"""A finding as a DynamoDB item and back."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rolecall.adapters.cutting import cut_members
from rolecall.model.evidence import Json
from rolecall.model.finding import Finding, Status
from rolecall.model.finding_document import finding_document, parse_finding
from rolecall.model.settings import RetentionSettings
from rolecall.model.timestamps import format_day

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute

# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
_INDEX_KEY_BYTES = 2048
_NUMBER_DIGITS = 38
_NESTING_LEVELS = 32

_ITEM_BYTES = 300 * 1024
"""Of the 400 kB that an item may have; the rest is for what DynamoDB counts and JSON does not."""


def finding_item(finding: Finding, retention: RetentionSettings) -> "dict[str, Attribute]":
    """Write a finding as an item of the findings table, with the attributes of its indexes.

    A finding that is larger than an item may be is cut, saying so; it is never lost.
    """
    document = cut_members(finding_document(finding), _ITEM_BYTES)
    for arn in ("resource_arn", "principal_arn"):
        document[arn] = _index_key(document[arn])
    document["changed_on"] = format_day(finding.changed_at)
    document["open_severity"] = finding.severity.name if finding.is_open else None
    document["expires_at"] = _expires_at(finding, retention)
    # An index does not take an attribute that is there but empty.
    return {name: attribute(value) for name, value in document.items() if value is not None}


def finding_of_item(item: Mapping[str, Any]) -> Finding:
    """Read an item of the findings table, or an image of it in the table's stream."""
    document = {name: value_of(each) for name, each in item.items()}
    return parse_finding({"resource_arn": "", **document})


def attribute(value: Json, level: int = 1) -> "Attribute":
    """Write JSON as a DynamoDB attribute.

    What DynamoDB would refuse becomes text: numbers of more than 38 digits, fractions, and what is
    nested more than 32 levels deep.
    """
    if level < _NESTING_LEVELS and isinstance(value, Mapping):
        return {"M": {_text(name): attribute(each, level + 1) for name, each in value.items()}}
    if level < _NESTING_LEVELS and isinstance(value, Sequence) and not isinstance(value, str):
        return {"L": [attribute(each, level + 1) for each in value]}
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int) and len(str(abs(value))) <= _NUMBER_DIGITS:
        return {"N": str(value)}
    return {"S": _text(value if isinstance(value, str) else json.dumps(value, default=dict))}


def value_of(attribute: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever JSON the attribute holds
    """Read what `attribute` wrote."""
    [(kind, value)] = attribute.items()
    if kind == "M":
        return {name: value_of(each) for name, each in value.items()}
    if kind == "L":
        return [value_of(each) for each in value]
    if kind == "N":
        return int(Decimal(value))  # large ones may come back as 1E+37
    return None if kind == "NULL" else value


def _text(text: str) -> str:
    """Replace lone surrogates, which are text to Python and to JSON but not to DynamoDB."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _index_key(arn: Json) -> Json:
    """Return an ARN as an index takes it as its key: not empty, not too long; else None."""
    if not isinstance(arn, str) or not arn:
        return None
    return _text(arn).encode()[:_INDEX_KEY_BYTES].decode("utf-8", "ignore")


def _expires_at(finding: Finding, retention: RetentionSettings) -> int | None:
    """Return when the table may forget the finding, in epoch seconds; None for never."""
    if finding.status is Status.RESOLVED and finding.resolved_at:
        moment = finding.resolved_at + timedelta(days=retention.resolved_days)
    elif finding.kind == "detection":
        moment = finding.changed_at + timedelta(days=retention.detections_days)
    else:
        return None
    return int(moment.timestamp())
