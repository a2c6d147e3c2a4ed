"""The credentials of users newer than the credential report, who are asked one by one.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rolecall.model.completeness import Completeness
from rolecall.model.credentials import Credentials, Password
from rolecall.services.identify_keys import ListedKey, identify_keys, listed_key
from rolecall.services.read_credentials import mfa_device
from rolecall.services.read_details import moment
from rolecall.services.read_policies import Detail


@dataclass(frozen=True, slots=True)
class NewUsers:
    """What is known of users that the report cannot know, and what became of asking."""

    credentials: Mapping[str, Credentials]
    """By user name."""
    completeness: Completeness


def read_new_users(answer: Mapping[str, Detail]) -> dict[str, Credentials]:
    """Read what was asked of each user; raise what reading nonsense raises.

    When anything was last used nobody told.
    """
    return {name: _credentials(each) for name, each in answer.items()}


def _credentials(user: Detail) -> Credentials:
    devices = tuple(map(mfa_device, user["mfa_devices"]))
    return Credentials(
        password=_password(user["login_profile"]),
        has_mfa=bool(devices),
        access_keys=identify_keys((), sorted(map(listed_key, user["access_keys"]), key=_age)),
        mfa_devices=devices,
    )


def _age(key: ListedKey) -> tuple[datetime, str]:
    return key.created_at, key.id


def _password(profile: Detail | None) -> Password | None:
    return None if profile is None else Password(changed_at=moment(profile["CreateDate"]))
