"""Whether a trust policy, or a policy of rights, deserves a finding.

The folder holds `trust.jsonl`, one question a line: a `trust_policy`, or in `args` the condition,
the statement or the policy that is asked about. Each becomes the trust policy of a role that may
read one bucket, in the account `source_account`, which belongs to no organization; policies about
other resources are read as if they were about the role. Flagged is what has a finding of MEDIUM or
more that nothing blocks, of the rules that answer the question.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from rolecall.catalog import CHECKS
from rolecall.model.account import Account
from rolecall.model.completeness import PRESENT, Part
from rolecall.model.organization import Organization
from rolecall.model.rule_settings import RuleSettings
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.policy import Policy, PolicyError
from rolecall.services.judge import judge
from tools.acceptance.privesc import read, rows
from tools.acceptance.reference_account import ACTOR, account_of

Answer: TypeAlias = dict[str, Any]
"""`{"id", "flagged", "rules"}`."""

_ASSUMING = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]
_ROLE = "asked"
_OWN = "123456789012"
_TRUST = tuple(c.id for c in CHECKS if c.evaluate.__module__.split(".")[-2] == "trust")
_RULES_OF_QUESTION = {
    "check_admin_access": ("administrator-access",),
    "check_full_service_access": ("service-wildcard",),
    "has_codebuild_trusted_principal": ("service-trust-without-source",),
}
"""The rules that answer the questions that are about one thing; all others are about trust."""


def answers(folder: Path) -> Iterator[Answer]:
    """Yield the answer to every question of the folder."""
    for row in rows(folder / "trust.jsonl"):
        rules = _RULES_OF_QUESTION.get(row["question"], _TRUST)
        found = sorted(_found(_account(row), rules, _settings(row)))
        yield {"id": row["id"], "flagged": bool(found), "rules": found}


def compare(folder: Path, given: Iterable[Answer]) -> tuple[int, list[str]]:
    """Return how many questions have an answer, and which were answered otherwise."""
    flagged = {answer["id"]: answer["flagged"] for answer in given}
    known = list(rows(folder / "trust.jsonl"))
    misses = [
        f"{row['id']} ({row.get('strength', 'must')}): "
        f"{'missed' if _expected(row) else 'false alarm'}"
        for row in known
        if flagged.get(row["id"]) != _expected(row)
    ]
    return len(known), misses


def _expected(row: Mapping[str, Any]) -> bool:
    return bool(row.get("expected_flag", row["expected"]))


def _found(account: Account, rules: Iterable[str], settings: Settings) -> set[str]:
    checks = [check for check in CHECKS if check.id in rules]
    return {
        finding.rule
        for finding in judge(account, checks, settings, "acceptance").findings
        if finding.verdict != "blocked"
        and finding.severity >= Severity.MEDIUM
        and finding.principal in (ACTOR, _role_of(account))
    }


def _role_of(account: Account) -> str:
    """Return the ARN of the role whose trust policy is asked about."""
    return f"arn:aws:iam::{account.id}:role/{_ROLE}"


def _account(row: Mapping[str, Any]) -> Account:
    args = row["args"]
    account_id = args.get("source_account", _OWN)
    if "trust_policy" not in row and "policy" in args:
        return read(account_of([args["policy"]]))
    asked = row if "trust_policy" in row else {"trust_policy": args["arg0"]}
    account = read({"RoleDetailList": [_role(account_id, _trust(asked))]})
    return replace(
        account,
        organization=Organization("", frozenset({account.id})),
        parts={**account.parts, Part.ORGANIZATION: PRESENT},
    )


def _role(account_id: str, trust: Mapping[str, Any]) -> Mapping[str, Any]:
    rights = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}
    document = {"Version": "2012-10-17", "Statement": [rights]}
    return {
        "Path": "/",
        "RoleName": _ROLE,
        "RoleId": "AROAASKED",
        "Arn": f"arn:aws:iam::{account_id}:role/{_ROLE}",
        "CreateDate": "2024-06-01T00:00:00+00:00",
        "AssumeRolePolicyDocument": trust,
        "InstanceProfileList": [],
        "RolePolicyList": [{"PolicyName": "reports", "PolicyDocument": document}],
        "AttachedManagedPolicies": [],
        "Tags": [],
        "RoleLastUsed": {},
    }


def _trust(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the policy in question as the trust policy of a role."""
    policy = row["trust_policy"]
    asked = row.get("args", {}).get("arg0", {})
    statements = [_statement(each) for each in policy["Statement"]]
    if isinstance(asked.get("Condition"), Mapping):
        # The question is about this condition; the trust policy has the statement around it.
        statements = [{**each, "Condition": asked["Condition"]} for each in statements]
    document = {"Version": "2012-10-17", "Statement": statements}
    try:
        Policy.parse(document)
    except PolicyError:
        return {"Version": "2012-10-17", "Statement": []}  # IAM would not take it: no role has it
    return document


def _statement(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a statement about anything as one about assuming a role."""
    principal = raw.get("Principal")
    kept = {name: raw[name] for name in ("Sid", "NotPrincipal", "Condition") if name in raw}
    if principal is not None:
        kept["Principal"] = {"Service": principal} if isinstance(principal, list) else principal
    return {"Effect": raw.get("Effect", "Allow"), "Action": _ASSUMING, **kept}


def _settings(row: Mapping[str, Any]) -> Settings:
    """Return the parameters that the question gives."""
    parameters: dict[str, RuleSettings] = {}
    if row["question"] == "is_condition_restricting_to_trusted_ips":
        networks = tuple(row["args"]["arg1"])
        parameters["public-trust"] = RuleSettings(parameters={"trusted_networks": networks})
    if row["question"] == "has_restrictive_source_arn_condition":
        rule = "service-trust-without-source"
        parameters[rule] = RuleSettings(parameters={"needs_arn": True})
    return Settings(rules=parameters)
