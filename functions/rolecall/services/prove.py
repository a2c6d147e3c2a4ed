"""The proof that an access key may go, put together from what AWS knows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from rolecall.model.key_proof import KeyProof
from rolecall.services.ports import Clock, KeyHistory

HISTORY_DAYS = 90
"""How far CloudTrail's event history reaches back.

https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
"""


def global_region(region: str) -> str:
    """Return where CloudTrail records the calls to services without regions, such as IAM.

    It is one region in each partition: https://docs.aws.amazon.com/general/latest/gr/iam-service.html
    """
    if region.startswith("cn-"):
        return "cn-north-1"
    return "us-gov-west-1" if region.startswith("us-gov-") else "us-east-1"


class UnknownKeyError(LookupError):
    """There is no such key in the account."""


@dataclass(frozen=True, slots=True)
class Prove:
    """The use case: ask IAM and CloudTrail what a key was used for."""

    history: KeyHistory
    clock: Clock

    def run(self, key_id: str, regions: Iterable[str], idle_days: int) -> KeyProof:
        """Look the key up in these regions and in the one of its last use.

        Raises UnknownKeyError for a key that the account does not have. A region that cannot be
        asked is part of the proof, and keeps it from being one.
        """
        key = self.history.find(key_id)
        if key is None:
            raise UnknownKeyError(key_id)
        now = self.clock()
        since = now - timedelta(days=min(idle_days, HISTORY_DAYS))
        asked = dict.fromkeys([*regions, *([key.last_use.region] if key.last_use.region else [])])
        lookups = tuple(self.history.lookup(key_id, region, since) for region in asked)
        return KeyProof(key=key, at=now, idle_days=idle_days, lookups=lookups)
