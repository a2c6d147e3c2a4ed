"""Policies out of what IAM answered: inline, managed and boundaries, and which are unreadable."""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from rolecall.model.account import Gap
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.principals import HeldPolicy, PolicyKind
from rolecall.policy import Policy, PolicyError

CALL = "iam:GetAccountAuthorizationDetails"

_SHOWN_NAMES = 5

Detail = Mapping[str, Any]
Document = str | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Holdings:
    """The policies of a principal or group, and the names of those that could not be read."""

    policies: tuple[HeldPolicy, ...]
    unread: tuple[str, ...]

    def inherited_from(self, group: str) -> "Holdings":
        """Return the same policies as a member of the group holds them."""
        return Holdings(tuple(replace(each, group=group) for each in self.policies), self.unread)


@dataclass(frozen=True, slots=True)
class Documents:
    """Parses each distinct text once; accounts made from templates repeat few texts many times.

    What is found out about one of them is found out for all.
    """

    _parsed: dict[str | bytes, Policy | PolicyError] = field(default_factory=dict)

    def parse(self, document: Document, name: str) -> Policy:
        """Read a document, as an object or as text, URL-encoded or not; raise PolicyError."""
        # Version 2 knows no references: equal documents are equal bytes.
        key = document if isinstance(document, str) else marshal.dumps(dict(document), 2)
        known = self._parsed.get(key)
        if known is None:
            known = self._parsed[key] = _parse(document)
        if isinstance(known, PolicyError):
            raise known.with_traceback(None)
        return known.named(name)


@dataclass(frozen=True, slots=True)
class PolicyReader:
    """Reads the policies of one account and keeps what could not be read."""

    managed: Mapping[str, Detail]
    """The account's managed policies by ARN, as the answer describes them."""
    documents: Documents = field(default_factory=Documents)
    problems: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """What could not be read -> why, and who holds it."""
    _attachments: dict[str, HeldPolicy] = field(default_factory=dict)
    """Managed policies that could be read, as everybody holds them."""

    def holdings(self, holder: str, inline: Iterable[Detail], detail: Detail) -> Holdings:
        """Read the inline and the attached managed policies of one holder."""
        attached = detail.get("AttachedManagedPolicies", ())
        policies = [
            *(self._inline(each, holder) for each in inline),
            *(self._attached(each, holder) for each in attached),
        ]
        return Holdings(
            tuple(each for each in policies if isinstance(each, HeldPolicy)),
            tuple(each for each in policies if isinstance(each, str)),
        )

    def boundary(self, holder: str, detail: Detail) -> tuple[Policy | None, tuple[str, ...]]:
        """Return the permissions boundary, and its name where there is one but unreadable."""
        arn = detail.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        if not arn:
            return None, ()
        policy = self._managed(arn, f"{holder} as its boundary")
        return policy, () if policy else (f"boundary {arn}",)

    def customer_managed(self) -> Iterator[ManagedPolicy]:
        """Yield the account's own managed policies that can be read, those in nobody's use too."""
        for arn, detail in self.managed.items():
            policy = None if _is_of_aws(arn) else self._managed(arn, "")
            if policy is not None:
                uses = ("AttachmentCount", "PermissionsBoundaryUsageCount")
                earlier = dict(self._earlier(detail))
                yield ManagedPolicy(
                    name=arn.rpartition("/")[2],
                    arn=arn,
                    policy=policy,
                    earlier={name: each for name, each in earlier.items() if each},
                    unread_versions=tuple(name for name, each in earlier.items() if not each),
                    is_used=any(detail.get(use, 1) for use in uses),
                )

    def document(self, part: str, detail: Detail, key: str, name: str) -> Policy | None:
        """Return the policy that stands in the detail; None, and a gap, where it cannot be read."""
        return self._try(part, lambda: self._parse(detail, key, name))

    def miss(self, part: str, problem: str, holder: str = "") -> None:
        """Keep that something could not be read; one cause is one gap, whoever it hits."""
        _, holders = self.problems.setdefault(part, (problem, []))
        if holder:
            holders.append(holder)

    def gaps(self) -> Iterator[Gap]:
        """Yield what could not be read so far."""
        for part, (problem, holders) in self.problems.items():
            held = f"; held by {listed(holders)}" if holders else ""
            yield Gap(part=part, call=CALL, error=f"{problem}{held}")

    def _inline(self, entry: Detail, holder: str) -> HeldPolicy | str:
        name = entry["PolicyName"]
        part = f"inline policy {name} of {holder}"
        policy = self.document(part, entry, "PolicyDocument", name)
        return HeldPolicy(name, PolicyKind.INLINE, policy) if policy else name

    def _attached(self, entry: Detail, holder: str) -> HeldPolicy | str:
        arn: str = entry["PolicyArn"]
        name: str = entry["PolicyName"]
        if arn in self._attachments:
            return self._attachments[arn]
        policy = self._managed(arn, holder)
        if policy is None:
            return name
        kind = PolicyKind.AWS_MANAGED if _is_of_aws(arn) else PolicyKind.CUSTOMER_MANAGED
        held = HeldPolicy(name, kind, policy, arn=arn)
        self._attachments[arn] = held
        return held

    def _managed(self, arn: str, holder: str) -> Policy | None:
        return self._try(f"managed policy {arn}", lambda: self._default_version(arn), holder)

    def _default_version(self, arn: str) -> Policy:
        if arn not in self.managed:
            raise PolicyError("it is not in the answer")
        detail = self.managed[arn]
        for version in detail.get("PolicyVersionList", ()):
            if version["VersionId"] == detail["DefaultVersionId"]:
                return self._parse(version, "Document", arn.rpartition("/")[2])
        raise PolicyError("its default version is not in the answer")

    def _earlier(self, detail: Detail) -> Iterator[tuple[str, Policy | None]]:
        """Yield the versions that are not in force, None for one that cannot be read."""
        for version in detail.get("PolicyVersionList", ()):
            if version["VersionId"] != detail["DefaultVersionId"]:
                try:
                    policy = self._parse(version, "Document", "")
                except PolicyError:
                    policy = None
                yield version["VersionId"], policy

    def _parse(self, detail: Detail, key: str, name: str) -> Policy:
        document: Document | None = detail.get(key)
        if document is None:
            raise PolicyError("its document is not in the answer")
        return self.documents.parse(document, name)

    def _try(self, part: str, read: Callable[[], Policy], holder: str = "") -> Policy | None:
        try:
            return read()
        except PolicyError as error:
            self.miss(part, str(error), holder)
            return None


def _is_of_aws(arn: str) -> bool:
    # arn:aws:iam::aws:policy/... belongs to AWS, arn:aws:iam::111122223333:policy/... to you.
    return ":iam::aws:policy/" in arn


def listed(names: Iterable[str]) -> str:
    """List names in a fixed order, and not more of them than a sentence can hold."""
    ordered = sorted(names)
    shown = ", ".join(ordered[:_SHOWN_NAMES])
    more = len(ordered) - _SHOWN_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _parse(document: Document) -> Policy | PolicyError:
    try:
        # IAM encodes every character that is not plain: encoded JSON begins with %7B or a blank.
        is_encoded = isinstance(document, str) and document.startswith("%")
        return Policy.parse(unquote(str(document)) if is_encoded else document)
    except PolicyError as error:
        return error
