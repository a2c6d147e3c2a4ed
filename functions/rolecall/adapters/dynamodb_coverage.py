"""The coverage table in DynamoDB: the last word of every audit on every account."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rolecall.adapters.dynamodb_batches import Sleep, read_batches
from rolecall.adapters.findings_items import attribute, value_of
from rolecall.adapters.stored_organization import (
    organization_items,
    organization_key,
    organization_of,
)
from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, State
from rolecall.model.coverage import AccountCoverage
from rolecall.model.organization import Organization
from rolecall.model.timestamps import format_time, parse_time

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute


@dataclass(frozen=True, slots=True)
class DynamoDBCoverage:
    """The port Coverage on one table."""

    client: "DynamoDBClient"
    table: str
    sleep: Sleep = time.sleep

    def save(self, coverage: AccountCoverage) -> None:
        """Keep the last word of an audit on an account."""
        self.client.put_item(TableName=self.table, Item=_coverage_item(coverage))

    def of_audit(self, audit: str, account_ids: Collection[str]) -> dict[str, AccountCoverage]:
        """Return the last word of the audit on each of the accounts that it has one for."""
        keys = [
            {"account_id": {"S": account_id}, "audit": {"S": audit}}
            for account_id in dict.fromkeys(account_ids)
        ]
        items = read_batches(self.client, self.table, keys, self.sleep)
        words = map(_coverage_of_item, items)
        return {word.account_id: word for word in words}

    def save_organization(self, organization: Organization) -> None:
        """Keep what is known of the organization, so that audits of one account know it too."""
        for item in organization_items(organization):
            self.client.put_item(TableName=self.table, Item=item)

    def organization(self) -> Organization | None:
        """Return the organization; None when no run has written it yet."""
        first = self._organization_item(0)
        return organization_of(first, self._organization_item) if first else None

    def _organization_item(self, number: int) -> Mapping[str, Any]:
        key = organization_key(number)
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return answer.get("Item", {})


def _coverage_item(coverage: AccountCoverage) -> "dict[str, Attribute]":
    return {
        "account_id": attribute(coverage.account_id),
        "audit": attribute(coverage.audit),
        "run": attribute(coverage.run),
        "at": attribute(format_time(coverage.at)),
        "status": attribute(coverage.status),
        "was_read": attribute(coverage.was_read),
        "gaps": attribute([_gap_document(gap) for gap in coverage.gaps]),
        "not_judged": attribute(coverage.not_judged),
        "parts": attribute({name: _part_document(each) for name, each in coverage.parts.items()}),
    }


def _coverage_of_item(item: Mapping[str, Any]) -> AccountCoverage:
    values = {name: value_of(each) for name, each in item.items()}
    return AccountCoverage(
        account_id=values["account_id"],
        audit=values["audit"],
        run=values["run"],
        at=parse_time(values["at"]),
        gaps=tuple(Gap(**gap) for gap in values["gaps"]),
        not_judged=tuple(values["not_judged"]),
        was_read=values["was_read"],
        parts={name: _part(each) for name, each in values.get("parts", {}).items()},
    )


def _part_document(part: Completeness) -> dict[str, str]:
    given = {
        "state": part.state.value,
        "reason": part.reason,
        "call": part.call,
        "read_at": format_time(part.read_at) if part.read_at else "",
    }
    return {name: text for name, text in given.items() if text}


def _part(document: Mapping[str, str]) -> Completeness:
    read_at = document.get("read_at")
    return Completeness(
        State(document["state"]),
        document.get("reason", ""),
        document.get("call", ""),
        parse_time(read_at) if read_at else None,
    )


def _gap_document(gap: Gap) -> dict[str, str | bool]:
    return {
        "part": gap.part,
        "call": gap.call,
        "error": gap.error,
        "is_total": gap.is_total,
        "is_passing": gap.is_passing,
    }
