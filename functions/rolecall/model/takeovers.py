"""Stories of identities that are made or taken over: which steps, one after the other, make one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rolecall.model.event import CloudTrailEvent
from rolecall.model.granted_rights import grant_in
from rolecall.model.severity import Severity

CREATED: Final = "was created"
KEY: Final = "got an access key"
PASSWORD: Final = "got a password"  # noqa: S105 - a step of a story
ADMINISTRATOR: Final = "became an administrator"
MFA_REMOVED: Final = "lost an MFA device"
SIGNED_IN: Final = "signed in"
TRUST_CHANGED: Final = "was opened to others"

_ADMINISTRATORS = (":aws:policy/AdministratorAccess", ":aws:policy/IAMFullAccess")
_OF_USERS = {
    "CreateAccessKey": KEY,
    "CreateLoginProfile": PASSWORD,
    "CreateUser": CREATED,
    "DeactivateMFADevice": MFA_REMOVED,
    "UpdateLoginProfile": PASSWORD,
}
_OF_ROLES = {"CreateRole": CREATED, "UpdateAssumeRolePolicy": TRUST_CHANGED}
CALLS = (
    *_OF_USERS,
    *_OF_ROLES,
    "AttachRolePolicy",
    "AttachUserPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
)
"""The calls of IAM that are steps of a story, or may be."""


@dataclass(frozen=True, slots=True)
class Story:
    """Steps in the order in which they have to come; others may come between them."""

    kind: str
    """Whose: `user` or `role`."""
    steps: tuple[str, ...]
    severity: Severity

    def is_told_by(self, kind: str, seen: Sequence[str]) -> bool:
        """Tell whether what was seen has all the steps, in their order."""
        left = iter(seen)
        return kind == self.kind and all(step in left for step in self.steps)


STORIES = (
    Story("user", (CREATED, KEY, ADMINISTRATOR), Severity.CRITICAL),
    Story("user", (CREATED, ADMINISTRATOR, KEY), Severity.CRITICAL),
    Story("user", (CREATED, PASSWORD, ADMINISTRATOR), Severity.CRITICAL),
    Story("user", (CREATED, ADMINISTRATOR, PASSWORD), Severity.CRITICAL),
    Story("user", (MFA_REMOVED, PASSWORD, SIGNED_IN), Severity.CRITICAL),
    Story("user", (PASSWORD, MFA_REMOVED, SIGNED_IN), Severity.CRITICAL),
    Story("user", (CREATED, ADMINISTRATOR), Severity.HIGH),
    Story("user", (KEY, ADMINISTRATOR), Severity.HIGH),
    Story("user", (PASSWORD, ADMINISTRATOR), Severity.HIGH),
    Story("user", (CREATED, PASSWORD, SIGNED_IN), Severity.HIGH),
    Story("user", (MFA_REMOVED, SIGNED_IN), Severity.HIGH),
    Story("role", (TRUST_CHANGED, ADMINISTRATOR), Severity.HIGH),
    Story("role", (ADMINISTRATOR, TRUST_CHANGED), Severity.HIGH),
    Story("role", (CREATED, ADMINISTRATOR), Severity.MEDIUM),
)
"""The gravest first. After Suzaku's and Panther's correlations, and what incidents show."""


def step_of(event: CloudTrailEvent) -> tuple[str, str, str] | None:
    """Return whose step an event is: kind, name, and the step; None for what is none.

    What AWS does by itself and declared pipelines do from code is no step, and what failed is none.
    """
    if not event.succeeded or event.is_made_by_aws or event.is_from_code:
        return None
    if event.name == "ConsoleLogin":
        return ("user", event.actor.user_name, SIGNED_IN) if event.actor.user_name else None
    kind = "role" if event.requested("roleName") else "user"
    name = event.requested(f"{kind}Name") or (event.actor.user_name if kind == "user" else "")
    step = (_OF_ROLES if kind == "role" else _OF_USERS).get(event.name)
    if step is None and event.name.endswith("Policy") and _makes_administrator(event):
        step = ADMINISTRATOR
    return (kind, name, step) if name and step else None


def _makes_administrator(event: CloudTrailEvent) -> bool:
    if event.name.startswith("Attach"):
        return event.requested("policyArn").endswith(_ADMINISTRATORS)
    return event.name.startswith("Put") and grant_in(event).is_administrator
