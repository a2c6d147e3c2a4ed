"""The parts of a snapshot beside policies and credential report: which call tells what.

Nine calls for an account of any size, pages apart, and one for each user who has MFA (which
devices) and for each user (which SSH keys): IAM has no call that tells these of all users. Users
whom the credential report cannot know yet take three each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError

from rolecall.adapters.aws_errors import error_code
from rolecall.adapters.iam_pages import items
from rolecall.model.completeness import Part
from rolecall.services.read_report import ROOT

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

PER_USER_PARTS = frozenset({Part.ACCESS_KEY_IDS, Part.MFA_DEVICES, Part.NEW_USERS, Part.SSH_KEYS})
"""What takes a call for each user: the deployer may do without it."""

_CONTACTS = ("BILLING", "OPERATIONS", "SECURITY")
_PAGE_ITEMS = 1000
_AT_ONCE = 4
"""IAM's rate limits are the account's own: what we take, its workloads lack."""
_MOST_CALLS = 2000
"""Calls for single users that one part of one account may take: a minute or two of them."""

_T = TypeVar("_T")


class TooManyCallsError(RuntimeError):
    """A part would take more calls than one account is worth."""


@dataclass(frozen=True, slots=True)
class IAMParts:
    """Reads one part after the other; every method raises what botocore raises."""

    iam: "IAMClient"
    account: "Callable[[], Any]"
    """Makes the client of Account Management when it is asked for."""

    def mfa_devices(self, users_with_mfa: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        """Return the devices of each of these users, the root user among them as in the report.

        Of the root user's devices IAM tells the virtual ones; another one is there but nameless.
        """
        found: dict[str, list[dict[str, Any]]] = {}
        if ROOT in users_with_mfa:
            of_root = [
                each
                for each in items(
                    self.iam.list_virtual_mfa_devices,
                    "VirtualMFADevices",
                    AssignmentStatus="Assigned",
                    MaxItems=_PAGE_ITEMS,
                )
                if each.get("User", {}).get("Arn", "").endswith(":root")
            ]
            found[ROOT] = [
                {"SerialNumber": each["SerialNumber"], "EnableDate": each.get("EnableDate")}
                for each in of_root
            ] or [{"SerialNumber": ""}]
        names = [name for name in users_with_mfa if name != ROOT]
        return {**found, **dict(self.of_users(names, self._mfa_devices_of))}

    def new_users(self, user_names: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return the access keys, the login profile and the MFA devices of each of these users."""
        return dict(self.of_users(user_names, self._new_user, calls_each=3))

    def ssh_keys(self, user_names: Sequence[str]) -> list[dict[str, Any]]:
        """Return the SSH keys of all these users."""
        return [key for _, keys in self.of_users(user_names, self._ssh_keys_of) for key in keys]

    def service_specific_credentials(self) -> list[dict[str, Any]]:
        """Return the service-specific credentials of all users."""
        call = self.iam.list_service_specific_credentials
        return list(items(call, "ServiceSpecificCredentials", AllUsers=True, MaxItems=_PAGE_ITEMS))

    def server_certificates(self) -> list[dict[str, Any]]:
        """Return what describes the TLS certificates in IAM."""
        call = self.iam.list_server_certificates
        return list(items(call, "ServerCertificateMetadataList", MaxItems=_PAGE_ITEMS))

    def password_policy(self) -> Mapping[str, Any] | None:
        """Return the password policy; None where AWS's default holds."""
        try:
            return self.iam.get_account_password_policy()["PasswordPolicy"]
        except ClientError as error:
            if error_code(error) == "NoSuchEntity":
                return None
            raise

    def account_summary(self) -> Mapping[Any, int]:
        """Return the counts and flags of the account by their names."""
        return self.iam.get_account_summary()["SummaryMap"]

    def identity_providers(self) -> list[dict[str, Any]]:
        """Return the identity providers of both kinds."""
        return [
            *map(dict, self.iam.list_saml_providers()["SAMLProviderList"]),
            *map(dict, self.iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]),
        ]

    def contacts(self) -> list[str]:
        """Return which alternate contacts there are; who they are stays where it is."""
        client = self.account()
        return [kind for kind in _CONTACTS if _has_contact(client, kind)]

    def of_users(
        self, user_names: Sequence[str], read: Callable[[str], _T], *, calls_each: int = 1
    ) -> Iterator[tuple[str, _T]]:
        """Yield each user with what so many calls for it tell; raise at the first failure.

        Raises TooManyCallsError before the first call when there are too many users.
        """
        if len(user_names) * calls_each > _MOST_CALLS:
            calls = "a call" if calls_each == 1 else f"{calls_each} calls"
            raise TooManyCallsError(
                f"it takes {calls} for each of {len(user_names):,} users, and {_MOST_CALLS:,} is"
                " the most; audits.per_user_calls = false does without"
            )
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                yield from zip(user_names, pool.map(read, user_names), strict=True)
            finally:
                pool.shutdown(cancel_futures=True)

    def access_keys_of(self, user_name: str) -> list[dict[str, Any]]:
        """Return the metadata of a user's access keys; nothing when the user is gone."""
        return _of_user(self.iam.list_access_keys, "AccessKeyMetadata", user_name)

    def _new_user(self, user_name: str) -> dict[str, Any]:
        return {
            "access_keys": self.access_keys_of(user_name),
            "login_profile": self._login_profile_of(user_name),
            "mfa_devices": self._mfa_devices_of(user_name),
        }

    def _login_profile_of(self, user_name: str) -> Mapping[str, Any] | None:
        """Return what is told of a user's console password; None where there is none."""
        try:
            return self.iam.get_login_profile(UserName=user_name)["LoginProfile"]
        except ClientError as error:
            if error_code(error) == "NoSuchEntity":
                return None
            raise

    def _mfa_devices_of(self, user_name: str) -> list[dict[str, Any]]:
        return _of_user(self.iam.list_mfa_devices, "MFADevices", user_name)

    def _ssh_keys_of(self, user_name: str) -> list[dict[str, Any]]:
        return _of_user(self.iam.list_ssh_public_keys, "SSHPublicKeys", user_name)


def _of_user(call: Callable[..., Any], member: str, user_name: str) -> list[dict[str, Any]]:
    try:
        return list(items(call, member, UserName=user_name))
    except ClientError as error:
        if error_code(error) == "NoSuchEntity":
            return []  # the user is gone since the report, and its credentials too
        raise


def _has_contact(client: Any, kind: str) -> bool:  # noqa: ANN401 - no stubs for this client
    try:
        client.get_alternate_contact(AlternateContactType=kind)
    except ClientError as error:
        if error_code(error) == "ResourceNotFoundException":
            return False
        raise
    return True
