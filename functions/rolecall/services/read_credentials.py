"""What the credential report lacks: MFA devices by kind, SSH keys, service-specific credentials.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html
https://docs.aws.amazon.com/IAM/latest/APIReference/API_SSHPublicKeyMetadata.html
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from rolecall.model.mfa import MFADevice
from rolecall.model.other_credentials import ServiceSpecificCredential, SSHKey
from rolecall.model.principals import User
from rolecall.services.read_details import moment
from rolecall.services.read_policies import Detail
from rolecall.services.read_report import ROOT

_T = TypeVar("_T")


def with_mfa_devices(users: list[User], answer: Mapping[str, Sequence[Detail]]) -> None:
    """Give users their MFA devices, by user name; an empty list says that there are none.

    All such functions of this module change the list in place and raise KeyError, TypeError or
    ValueError where the answer makes no sense.
    """
    for place, user in enumerate(users):
        found = answer.get(ROOT if user.is_root else user.name)
        if found is not None and user.credentials is not None:
            devices = tuple(map(mfa_device, found))
            # The list is newer than the report: a device added or removed since counts.
            credentials = replace(user.credentials, has_mfa=bool(devices), mfa_devices=devices)
            users[place] = replace(user, credentials=credentials)


def with_ssh_keys(users: list[User], answer: Iterable[Detail]) -> None:
    """Give users their SSH keys, each of which names its user."""
    found = _by_user(answer, _ssh_key)
    for place, user in enumerate(users):
        if user.name in found and not user.is_root:
            users[place] = replace(user, ssh_keys=found[user.name])


def with_service_specific_credentials(users: list[User], answer: Iterable[Detail]) -> None:
    """Give users their service-specific credentials, each of which names its user."""
    found = _by_user(answer, _service_specific)
    for place, user in enumerate(users):
        if user.name in found and not user.is_root:
            users[place] = replace(user, service_specific_credentials=found[user.name])


def _by_user(
    entries: Iterable[Detail], read: Callable[[Detail], _T]
) -> Mapping[str, tuple[_T, ...]]:
    found: dict[str, list[_T]] = defaultdict(list)
    for entry in entries:
        found[entry["UserName"]].append(read(entry))
    return {name: tuple(each) for name, each in found.items()}


def mfa_device(entry: Detail) -> MFADevice:
    """Read an MFA device as ListMFADevices describes it."""
    return MFADevice(
        serial_number=entry.get("SerialNumber", ""), enabled_at=_optional(entry.get("EnableDate"))
    )


def _ssh_key(entry: Detail) -> SSHKey:
    return SSHKey(
        id=entry["SSHPublicKeyId"],
        is_active=entry["Status"] == "Active",
        uploaded_at=moment(entry["UploadDate"]),
    )


def _service_specific(entry: Detail) -> ServiceSpecificCredential:
    return ServiceSpecificCredential(
        service=entry["ServiceName"],
        name=entry.get("ServiceUserName") or entry.get("ServiceCredentialAlias") or "",
        id=entry["ServiceSpecificCredentialId"],
        is_active=entry["Status"] == "Active",
        created_at=moment(entry["CreateDate"]),
        expires_at=_optional(entry.get("ExpirationDate")),
    )


def _optional(value: datetime | str | None) -> datetime | None:
    return moment(value) if value else None
