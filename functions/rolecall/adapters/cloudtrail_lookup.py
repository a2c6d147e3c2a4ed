"""What AWS knows of the use of an access key: IAM's last use, CloudTrail's event history."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import ClientError

from rolecall.adapters.aws_errors import AWS_ERRORS, error_code, error_text
from rolecall.model.credentials import LastUse, Use, unused_on_record
from rolecall.model.event import CloudTrailEvent
from rolecall.model.key_proof import KnownKey, Lookup

if TYPE_CHECKING:
    import boto3
    from mypy_boto3_cloudtrail.type_defs import LookupEventsResponseTypeDef
    from mypy_boto3_iam.type_defs import AccessKeyLastUsedTypeDef

_PAGE_EVENTS = 50
_MAX_PAGES = 10
"""CloudTrail answers two lookups a second: the newest 500 calls tell who uses a key."""
_CONFIG = Config(retries={"mode": "adaptive", "total_max_attempts": 10})
_NO_VALUE = "N/A"
_USE_ON_RECORD_SINCE = datetime(2015, 4, 22, tzinfo=UTC)
"""Before that IAM kept no record: a key that was made earlier may have been used."""


@dataclass(frozen=True, slots=True)
class CloudTrailLookup:
    """The port KeyHistory, with a person's own credentials in the key's account."""

    session: "boto3.Session"

    def find(self, key_id: str) -> KnownKey | None:
        """Return the key and its user; raise what botocore raises."""
        iam = self.session.client("iam", region_name=self._region, config=_CONFIG)
        try:
            answer = iam.get_access_key_last_used(AccessKeyId=key_id)
        except ClientError as error:
            if error_code(error) == "NoSuchEntity":
                return None
            raise
        user_name = answer.get("UserName", "")
        if not user_name:
            return None
        pages = iam.get_paginator("list_access_keys").paginate(UserName=user_name)
        keys = {key["AccessKeyId"]: key for page in pages for key in page["AccessKeyMetadata"]}
        if key_id not in keys:
            return None
        created_at = keys[key_id]["CreateDate"]
        return KnownKey(
            id=key_id,
            user_name=user_name,
            is_active=keys[key_id]["Status"] == "Active",
            created_at=created_at,
            last_use=_last_use(answer["AccessKeyLastUsed"], created_at),
            other_keys={
                each: key["Status"] == "Active" for each, key in keys.items() if each != key_id
            },
        )

    def lookup(self, key_id: str, region: str, since: datetime) -> Lookup:
        """Return the newest calls made with the key, at most 500 of them."""
        client = self.session.client("cloudtrail", region_name=region, config=_CONFIG)
        pages = client.get_paginator("lookup_events").paginate(
            LookupAttributes=[{"AttributeKey": "AccessKeyId", "AttributeValue": key_id}],
            StartTime=since,
            PaginationConfig={"PageSize": _PAGE_EVENTS},
        )
        try:
            read = list(islice(pages, _MAX_PAGES))
            events = tuple(_events(read))
        except (*AWS_ERRORS, ValueError) as error:
            # An event that cannot be understood is a use that cannot be told: no proof without it.
            return Lookup(region=region, since=since, error=error_text(error))
        is_complete = not read or "NextToken" not in read[-1]
        return Lookup(region=region, since=since, events=events, is_complete=is_complete)

    @property
    def _region(self) -> str:
        return self.session.region_name or "us-east-1"


def _events(pages: "Iterable[LookupEventsResponseTypeDef]") -> Iterator[CloudTrailEvent]:
    for page in pages:
        for event in page["Events"]:
            yield CloudTrailEvent.parse(json.loads(event["CloudTrailEvent"]))


def _last_use(answer: "AccessKeyLastUsedTypeDef", created_at: datetime) -> LastUse:
    at = answer.get("LastUsedDate")
    if at is None:
        return unused_on_record(created_at, _USE_ON_RECORD_SINCE)
    service, region = (_value(answer.get(name)) for name in ("ServiceName", "Region"))
    return LastUse(Use.USED, at, service, region)


def _value(text: object) -> str:
    return text if isinstance(text, str) and text != _NO_VALUE else ""
