"""What the activity table remembers of how principals usually act: one item for each of them.

Reading is most of the work: an item is written when something is new, and once a week.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rolecall.model.habits import FORGOTTEN, MOST_USUAL, REFRESHED, Unusual, Usual
from rolecall.services.activity_ports import Appearance

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute

_EVERYBODY = ""
"""Stands for the subject of the item that tells when anybody of the account was first seen."""


@dataclass(frozen=True, slots=True)
class DynamoDBHabits:
    """Keeps and tells how somebody acts."""

    client: "DynamoDBClient"
    table: str

    def accustom(self, what: Appearance) -> Unusual:
        """Keep how the subject acted, and return what of it is new.

        Of two events that show the same for the first time at the same time, one is the first.
        """
        key = _key(what, what.habit.subject)
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        item: Mapping[str, Any] = answer.get("Item", {})
        names = {kind: _name(kind, value) for kind, value in what.habit.values.items()}
        values = {name: _value(_usual(item, name), what) for name in names.values()}
        others = [name for name in values if name not in item]
        left_out = others[max(0, MOST_USUAL - sum(" " in name for name in item)) :]
        wanted = {n: value for n, value in values.items() if value and n not in left_out}
        if wanted:
            item = self._write(key, item, wanted, what)
        return self._unusual(item, names, what)

    def _write(
        self,
        key: "dict[str, Attribute]",
        item: Mapping[str, Any],
        wanted: Mapping[str, str],
        what: Appearance,
    ) -> Mapping[str, Any]:
        """Write the values; one that somebody else wrote meanwhile stays where it is unknown here.

        What is not known yet is never overwritten, so that the first stays the first.
        """
        numbered = list(enumerate(wanted.items()))
        sets = [
            f"#n{n} = :v{n}" if name in item else f"#n{n} = if_not_exists(#n{n}, :v{n})"
            for n, (name, _) in numbered
        ]
        expires_at = int((what.at + FORGOTTEN + REFRESHED).timestamp())
        answer = self.client.update_item(
            TableName=self.table,
            Key=key,
            UpdateExpression="SET since = if_not_exists(since, :at), expires_at = :expires_at, "
            + ", ".join(sets),
            ExpressionAttributeNames={f"#n{n}": name for n, (name, _) in numbered},
            ExpressionAttributeValues={
                ":at": {"N": str(int(what.at.timestamp()))},
                ":expires_at": {"N": str(expires_at)},
                **{f":v{n}": {"S": value} for n, (_, value) in numbered},
            },
            ReturnValues="ALL_NEW",
        )
        return answer["Attributes"]

    def _unusual(
        self, item: Mapping[str, Any], names: Mapping[str, str], what: Appearance
    ) -> Unusual:
        firsts = {kind: _usual(item, name) for kind, name in names.items()}
        new = {
            kind: what.habit.values[kind]
            for kind, usual in firsts.items()
            if usual and usual.first == what.event_id
        }
        since = _moment(item["since"]["N"]) if "since" in item else what.at
        is_newcomer = len(new) == len(names) and since >= what.at.replace(microsecond=0)
        return Unusual(
            new=new,
            known=Counter(name.partition(" ")[0] for name in item if " " in name),
            since=since,
            account_since=self._account_since(what) if is_newcomer else None,
        )

    def _account_since(self, what: Appearance) -> datetime:
        answer = self.client.update_item(
            TableName=self.table,
            Key=_key(what, _EVERYBODY),
            UpdateExpression="SET since = if_not_exists(since, :at)",
            ExpressionAttributeValues={":at": {"N": str(int(what.at.timestamp()))}},
            ReturnValues="ALL_NEW",
        )
        return _moment(answer["Attributes"]["since"]["N"])


def _value(usual: Usual | None, what: Appearance) -> str:
    """Return what to write of a value; empty where what is there will do."""
    if usual is None or usual.is_forgotten(what.at):
        return f"{int(what.at.timestamp())} {what.event_id}"
    if what.at - usual.last_at > REFRESHED:
        return f"{int(what.at.timestamp())} {usual.first}"
    return ""


def _usual(item: Mapping[str, Any], name: str) -> Usual | None:
    if name not in item:
        return None
    last, first = item[name]["S"].split(" ", 1)
    return Usual(first, _moment(last))


def _moment(seconds: str) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _name(kind: str, value: str) -> str:
    # Values are what anybody may send, of any length.
    digest = hashlib.sha256(value.encode(errors="surrogatepass")).hexdigest()
    return f"{kind} {digest[:16]}"


def _key(what: Appearance, subject: str) -> "dict[str, Attribute]":
    digest = hashlib.sha256(subject.encode(errors="surrogatepass")).hexdigest()[:32]
    return {
        "account_id": {"S": what.account_id},
        "id": {"S": f"{what.rule} {digest if subject else 'account'}"},
    }
