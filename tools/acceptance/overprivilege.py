"""Whether a permission policy gives too much.

The folder holds `overprivilege.jsonl`, one question a line: the `policy`, a document or the ARN of
one of AWS's, and the `check` of another product that is said to flag it or not. The policy is
given to a user of an account where every path leads somewhere; flagged is who then has a finding
of what the check is about, that nothing blocks. Documents of AWS's policies are looked up in
`managed_policies.jsonl`, where the folder has one.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rolecall.catalog import CHECKS
from rolecall.model.finding import Finding
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.policy.sensitive import CLASSES
from rolecall.services.judge import judge
from tools.acceptance.privesc import ESCALATIONS, Answer, read, rows
from tools.acceptance.reference_account import ACTOR, account_of

_EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}
_BY_ARN = {"arn:aws:iam::aws:policy/AdministratorAccess": _EVERYTHING}
"""https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html"""
_CHECKS = tuple(check for check in CHECKS if "over-privilege" in check.audits)
_ADMINISTRATOR = frozenset({"administrator-access"})
_CLASSES_OF = {
    "CredentialsExposure": frozenset({"credentials-exposure"}),
    "DataExfiltration": frozenset({"data-access"}),
    "PermissionsManagement": frozenset({"resource-exposure"}),
}
"""The classes of sensitive actions that a check is about, by a word in its name."""
_RULES_OF = {
    "Admin": _ADMINISTRATOR,
    "PermissionsManagement": frozenset({"identity-administration", *ESCALATIONS}),
    "PrivilegeEscalation": ESCALATIONS,
    "StarAction": frozenset({"service-wildcard"}),
    "Write": frozenset({"identity-administration", "sensitive-rights", "write-on-everything"}),
}
"""The rules that tell of what a check is about; a check without such a word is about all."""


def answers(folder: Path) -> Iterator[Answer]:
    """Yield the answer to every question of the folder."""
    documents = _documents(folder)
    for row in rows(folder / "overprivilege.jsonl"):
        policy = row["policy"]
        document = documents[policy] if isinstance(policy, str) else policy
        yield {"id": row["id"], "flagged": is_flagged(document, row["check"])}


def compare(folder: Path, given: Iterable[Answer]) -> tuple[int, list[str]]:
    """Return how many questions have an answer, and which were answered otherwise."""
    flagged = {answer["id"]: answer["flagged"] for answer in given}
    known = list(rows(folder / "overprivilege.jsonl"))
    return len(known), [
        f"{row['id']}: {'missed' if row['expected'] else 'false alarm'}"
        for row in known
        if flagged.get(row["id"]) != row["expected"]
    ]


def is_flagged(document: Mapping[str, Any], check: str) -> bool:
    """Tell whether a user who holds the policy has a finding of what the check is about."""
    judgement = judge(read(account_of([document])), _CHECKS, Settings(), "acceptance")
    return any(_is_about(each, check) for each in judgement.findings if _is_live(each))


def _is_live(finding: Finding) -> bool:
    is_actors = ACTOR in (finding.principal, finding.resource.arn)
    return is_actors and finding.severity > Severity.INFORMATIONAL


def _is_about(finding: Finding, check: str) -> bool:
    """Tell whether the finding is of the check's kind; an administrator is of every kind."""
    rules = [found for word, found in _RULES_OF.items() if word in check]
    classes = [found for word, found in _CLASSES_OF.items() if word in check]
    if finding.rule in _ADMINISTRATOR or not (rules or classes):
        return True
    told = _classes_told(finding)
    of_class = any(not each.isdisjoint(told) for each in classes)
    return of_class or any(finding.rule in each for each in rules)


def _classes_told(finding: Finding) -> frozenset[str]:
    """Return the classes of the sensitive actions that it tells of, be it as an escalation."""
    told = finding.evidence.get("classes")
    steps: Any = finding.evidence.get("steps", ())
    actions = {action for step in steps for action in step["actions"]}
    of_steps = {each.id for each in CLASSES if not actions.isdisjoint(each.actions)}
    return frozenset(told if isinstance(told, Mapping) else ()) | of_steps


def _documents(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the documents of AWS's policies by their ARNs."""
    path = folder / "managed_policies.jsonl"
    known = rows(path) if path.exists() else ()
    return {**_BY_ARN, **{row["arn"]: row["document"] for row in known}}
