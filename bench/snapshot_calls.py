"""How many API calls a live snapshot takes, counted at clients that answer from an account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from bench.snapshot_account import ACCOUNT, TAKEN_AT, invent_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PAGE_ITEMS = 1000
_LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
_ANSWERS: dict[str, dict[str, Any]] = {
    "get_caller_identity": {"Account": ACCOUNT},
    "list_virtual_mfa_devices": {"VirtualMFADevices": []},
    "list_mfa_devices": {"MFADevices": []},
    "list_access_keys": {"AccessKeyMetadata": []},
    "get_login_profile": {"LoginProfile": {"CreateDate": TAKEN_AT}},
    "list_ssh_public_keys": {"SSHPublicKeys": []},
    "list_service_specific_credentials": {"ServiceSpecificCredentials": []},
    "list_server_certificates": {"ServerCertificateMetadataList": []},
    "get_account_password_policy": {"PasswordPolicy": {}},
    "get_account_summary": {"SummaryMap": {}},
    "list_saml_providers": {"SAMLProviderList": []},
    "list_open_id_connect_providers": {"OpenIDConnectProviderList": []},
    "get_alternate_contact": {"AlternateContact": {}},
}
_OTHER = 10
"""Report, certificates, service-specific credentials, password policy, summary, two kinds of
providers and three contacts: one call each that no other can stand in for."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many calls one way of reading took."""

    what: str
    made: int
    least: str


def calls(users: int) -> Iterator[Count]:
    """Count the calls for an account of so many users, without and with those for single users.

    One of them was made after the credential report.
    """
    from rolecall.adapters.iam_accounts import IAMAccounts
    from rolecall.adapters.iam_parts import PER_USER_PARTS
    from rolecall.model.completeness import Part

    document = invent_snapshot(users)
    document["authorization_details"]["UserDetailList"][0]["CreateDate"] = TAKEN_AT.isoformat()
    entities = sum(len(document["authorization_details"][name]) for name in _LISTS)
    least = -(-entities // _PAGE_ITEMS) + _OTHER
    everything = frozenset(Part)
    for what, wanted in (
        ("none for single users", everything - PER_USER_PARTS),
        ("with those for single users", everything),
    ):
        session = _Session(document)
        stand_in: Any = session
        raw = IAMAccounts(stand_in, lambda: None, lambda: TAKEN_AT, wanted=wanted).read(ACCOUNT)
        too_many = sum(part in raw.states and raw.states[part].is_gap for part in PER_USER_PARTS)
        single = "" if what.startswith("none") else " and those for single users"
        unread = f"; {too_many} parts are too many calls, and gaps" if too_many else ""
        yield Count(what, session.counted.total(), f"least possible: {least}{single}{unread}")


@dataclass(slots=True)
class _Session:
    """A session whose clients answer from the account and count what they are asked."""

    document: dict[str, Any]
    counted: Counter[str] = field(default_factory=Counter)
    region_name: str = "us-east-1"

    @property
    def meta(self) -> Any:  # noqa: ANN401 - the part of botocore's that is used
        return SimpleNamespace(events=SimpleNamespace(unregister=lambda *_: None))

    def client(self, *_: object, **__: object) -> _Session:
        return self

    def get_partition_for_region(self, _: str) -> str:
        return "aws"

    def __getattr__(self, operation: str) -> Callable[..., dict[str, Any]]:
        def answer(**asked: Any) -> dict[str, Any]:  # noqa: ANN401 - as boto3's clients
            self.counted[operation] += 1
            own: dict[str, Callable[..., dict[str, Any]]] = {
                "get_account_authorization_details": self._details,
                "get_credential_report": self._report,
            }
            return own[operation](**asked) if operation in own else _ANSWERS[operation]

        return answer

    def _report(self) -> dict[str, Any]:
        text: str = self.document["credential_report"]
        return {"Content": text.encode(), "GeneratedTime": TAKEN_AT - timedelta(hours=1)}

    def _details(self, *, MaxItems: int, Marker: str = "0") -> dict[str, Any]:  # noqa: N803 - IAM's names
        details = self.document["authorization_details"]
        entities = [(name, each) for name in _LISTS for each in details[name]]
        first = int(Marker)
        page: dict[str, Any] = {name: [] for name in _LISTS}
        for name, each in entities[first : first + MaxItems]:
            page[name].append(each)
        has_more = first + MaxItems < len(entities)
        return page | {"IsTruncated": has_more, "Marker": str(first + MaxItems)}
