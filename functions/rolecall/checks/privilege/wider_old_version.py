"""Managed policies of which an older version allows more."""

# Longer than 60 lines because what each version adds is told class by class.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.sensitive import CLASSES, sensitive_bits
from rolecall.policy.sensitive.administrators import makes_administrator
from rolecall.policy.sensitive.breadth import breadth_of


@Check(
    id="wider-old-version",
    title="Older versions of policies allow no more than the one in force",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Delete the versions that are not needed to go back to; your repository remembers them."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",
    ),
)
def wider_old_version(account: Account) -> Iterator[Evidence]:
    """iam:SetDefaultPolicyVersion alone brings back what was taken away years ago.

    Told are policies in use with an older version that gives sensitive rights on every resource
    which the one in force does not give; MEDIUM where that makes an administrator.
    """
    for policy in account.managed_policies:
        wider = _wider(policy, account.id) if policy.is_used and policy.earlier else {}
        if wider:
            yield _evidence(policy, wider, account.id)


def _wider(policy: ManagedPolicy, account_id: str) -> dict[str, list[str]]:
    """Return the classes of harm that each older version adds, by the version's id."""
    now = breadth_of(policy.policy, account_id).at_most
    found = {}
    for version, text in policy.earlier.items():
        more = breadth_of(text, account_id).everywhere & ~now
        classes = [each.id for each in CLASSES if sensitive_bits(each.id) & more]
        if classes:
            found[version] = classes
    return found


def _evidence(policy: ManagedPolicy, wider: dict[str, list[str]], account_id: str) -> Evidence:
    is_worst = any(makes_administrator(breadth_of(policy.earlier[v], account_id)) for v in wider)
    return Evidence(
        resource=policy.resource,
        summary=f"{policy} has wider older versions: {', '.join(sorted(wider))}",
        severity=Severity.MEDIUM if is_worst else Severity.LOW,
        commands=tuple(
            aws("iam delete-policy-version", policy_arn=policy.arn, version_id=version)
            for version in sorted(wider)
        ),
        data={"versions": wider, "makes_administrator": is_worst},
    )
