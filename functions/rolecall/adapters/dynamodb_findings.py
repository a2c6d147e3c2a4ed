"""The findings table in DynamoDB: what audits and detections write, and what people ask of it."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from rolecall.adapters.dynamodb_batches import Sleep, write_batches
from rolecall.adapters.findings_items import finding_item, finding_of_item
from rolecall.model.finding import Finding, Status
from rolecall.model.settings import RetentionSettings
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_time
from rolecall.services.ports import Clock, FindingQuery

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_OPERANDS_OF_IN = 100
"""https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html"""


@dataclass(frozen=True, slots=True)
class DynamoDBFindings:
    """The ports Findings and FindingSearch on one table."""

    client: "DynamoDBClient"
    table: str
    retention: RetentionSettings
    clock: Clock
    sleep: Sleep = time.sleep

    def of_account(self, account_id: str, rule_ids: Collection[str]) -> list[Finding]:
        """Return every stored finding of these rules on the account.

        And those of all other rules that are suppressed. It may be a moment behind the table, for
        half the price: an audit that is tried again at once writes what it wrote before, which is
        no news to anybody.
        """
        values = {f":r{number}": rule for number, rule in enumerate(sorted(rule_ids))}
        is_of_rules = _is_one_of("#rule", list(values))
        names = {"#status": "status", **({"#rule": "rule"} if values else {})}
        return list(
            self._query(
                {"account_id": account_id},
                FilterExpression=" OR ".join(filter(None, ("#status = :status", is_of_rules))),
                names=names,
                values={":status": Status.SUPPRESSED.value, **values},
            )
        )

    def save(self, findings: Iterable[Finding]) -> None:
        """Write the findings over what was there; raise UnprocessedError if that fails."""
        # A batch must not name a key twice; the last word on a finding is the one that counts.
        items = {finding.id: finding_item(finding, self.retention) for finding in findings}
        write_batches(self.client, self.table, list(items.values()), self.sleep)

    def add(self, finding: Finding) -> bool:
        """Write the finding unless it is there already, as bad or worse; tell whether it was."""
        milder = {f":{s.name}": {"S": s.name} for s in Severity if s < finding.severity}
        grows = f" OR severity IN ({', '.join(milder)})" if milder else ""
        try:
            self.client.put_item(
                TableName=self.table,
                Item=finding_item(finding, self.retention),
                ConditionExpression=f"attribute_not_exists(id){grows}",
                **({"ExpressionAttributeValues": milder} if milder else {}),  # type: ignore[arg-type] # none may not be empty
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def get(self, finding_id: str) -> Finding | None:
        """Return one finding; its id begins with its account's, which is the table's key."""
        account_id, _, digest = finding_id.partition("-")
        if not (account_id and digest):
            return None
        key = {"account_id": {"S": account_id}, "id": {"S": finding_id}}
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return finding_of_item(answer["Item"]) if "Item" in answer else None

    def search(self, query: FindingQuery) -> Iterator[Finding]:
        """Yield every finding that the query accepts, newest change first within each key."""
        return filter(query.accepts, self._candidates(query))

    def _candidates(self, query: FindingQuery) -> Iterator[Finding]:
        keys = _keys(query, self.clock())
        if keys is None:
            yield from self._read("scan", {"TableName": self.table})
            return
        for index, name, value in keys:
            if index:
                yield from self._query(
                    {name: value}, query.changed_since, IndexName=index, ScanIndexForward=False
                )
            else:
                yield from self._query({name: value})

    def _query(
        self,
        key: Mapping[str, str],
        since: datetime | None = None,
        values: Mapping[str, str] | None = None,
        names: Mapping[str, str] | None = None,
        **options: Any,  # noqa: ANN401 - further arguments of the Query call
    ) -> Iterator[Finding]:
        [(name, value)] = key.items()
        # Aliases, because some of our names, such as `rule`, are reserved words of DynamoDB.
        condition = "#key = :key"
        bound = {":key": value, **(values or {})}
        if since:
            condition += " AND changed_at >= :since"
            bound[":since"] = format_time(since)
        request = {
            "TableName": self.table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": {"#key": name, **(names or {})},
            "ExpressionAttributeValues": {name: {"S": text} for name, text in bound.items()},
            **options,
        }
        return self._read("query", request)

    def _read(self, operation: str, request: Mapping[str, Any]) -> Iterator[Finding]:
        """Yield every page's findings: a page may be empty and still not be the last."""
        for page in self.client.get_paginator(operation).paginate(**request):  # type: ignore[call-overload] # the stubs want a literal
            yield from map(finding_of_item, page["Items"])


def _is_one_of(name: str, operands: list[str]) -> str:
    groups = (
        operands[at : at + _OPERANDS_OF_IN] for at in range(0, len(operands), _OPERANDS_OF_IN)
    )
    return " OR ".join(f"{name} IN ({','.join(group)})" for group in groups)


def _keys(query: FindingQuery, now: datetime) -> Iterable[tuple[str, str, str]] | None:
    """Return index, name and value of the keys that answer with the fewest items.

    The index is empty for the table's own key; None stands for reading the whole table.
    """
    given = (
        ("by-resource", "resource_arn", query.resource),
        ("by-principal", "principal_arn", query.principal),
        ("", "account_id", query.account_id),
        ("by-rule", "rule", query.rule),
    )
    for index, name, value in given:
        if value:
            return [(index, name, value)]
    if query.status is Status.OPEN:
        least = query.severity or Severity.INFORMATIONAL
        worst_first = sorted(Severity, reverse=True)
        return [("open-by-severity", "open_severity", s.name) for s in worst_first if s >= least]
    if query.changed_since:
        days = _days_back(now, query.changed_since)
        return (("by-day", "changed_on", day.isoformat()) for day in days)
    return None


def _days_back(now: datetime, since: datetime) -> Iterator[date]:
    """Yield the UTC days from today back to the one of the moment."""
    day = now.date()
    while day >= since.date():
        yield day
        day -= timedelta(days=1)
