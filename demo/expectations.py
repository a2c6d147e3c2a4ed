"""What has to be found, and what must not be, in the accounts as they are seeded."""

from collections.abc import Iterable
from dataclasses import dataclass

from demo.findings import SeenFinding
from demo.organization import DEVELOPMENT, PRODUCTION, SANDBOX


@dataclass(frozen=True, slots=True)
class Expected:
    """A finding that has to come: its rule, its account, and the end of the ARN it is about."""

    rule: str
    account_id: str
    resource: str


SEEDED: tuple[Expected, ...] = (
    Expected("access-key-rotation", PRODUCTION, "user/ci-deploy"),
    Expected("access-key-rotation", PRODUCTION, "user/backup-job"),
    Expected("unused-credentials", PRODUCTION, "user/backup-job"),
    Expected("long-lived-user", PRODUCTION, "user/former-contractor"),
    Expected("unused-credentials", PRODUCTION, "user/former-contractor"),
    Expected("administrator-access", PRODUCTION, "user/night-shift"),
    Expected("foreign-account-trust", PRODUCTION, "role/vendor-support"),
    Expected("console-without-mfa", DEVELOPMENT, "user/analyst"),
    Expected("administrator-access", DEVELOPMENT, "user/support-lead"),
    Expected("access-key-rotation", SANDBOX, "user/experiment"),
)

CLEAN = ("role/service-", "role/deployer")
"""The beginnings of the names of what no rule should say anything about."""

ORDINARY = ("user/app-", "user/bounded-admin", "user/operations")
"""The same, of users as most are: a key is never all that it could be, which is LOW at most."""

_AT_MOST_LOW = ("LOW", "INFORMATIONAL")


def flagged_wrongly(findings: Iterable[SeenFinding]) -> list[SeenFinding]:
    """Return what is said of the clean, and worse than LOW of the ordinary: it should be none."""
    return [
        each
        for each in findings
        for name in [each.resource.rpartition(":")[2]]
        if name.startswith(CLEAN)
        or (name.startswith(ORDINARY) and each.severity not in _AT_MOST_LOW)
    ]
