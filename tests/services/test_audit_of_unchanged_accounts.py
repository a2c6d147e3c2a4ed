"""A second audit of an account in which nothing happened writes nothing but its coverage."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.catalog import CHECKS
from rolecall.model.account import Gap
from rolecall.model.account_settings import (
    Contacts,
    IdentityProvider,
    PasswordPolicy,
    ProviderKind,
    ServerCertificate,
)
from rolecall.model.credentials import Credentials, LastUse, Use
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.mfa import MFADevice
from rolecall.model.organization import (
    ROOT_CREDENTIALS_MANAGEMENT,
    DelegatedAdministrator,
    MemberAccount,
    Organization,
    People,
    Person,
)
from rolecall.model.other_credentials import ServiceSpecificCredential, SigningCertificate, SSHKey
from rolecall.model.principals import HeldPolicy, PolicyKind
from rolecall.model.rule import AUDITS
from rolecall.model.scope import Scope
from rolecall.model.service_access import ServiceAccess
from rolecall.model.settings import RuleSettings, Settings
from rolecall.policy import Policy
from rolecall.services.audit import Audit
from tests.builders import (
    ACCOUNT,
    FOREIGN,
    HUB,
    NOW,
    ORGANIZATION,
    access_key,
    account,
    an_exception,
    days_ago,
    document,
    finding,
    group,
    held,
    password,
    role,
    root,
    trust_of,
    user,
)
from tests.fakes import FakeAccounts, FakeCoverage, FakeExceptions, FakeFindings

OUTSIDER = "123456789012"
EACH_CHECK = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
NOTHING_TO_FIND = {
    "account-without-guardrails",
    "accounts-outside-units",
    "centralized-root-access",
    "untrusted-delegated-administrator",
}
"""Checks for which this organization has too much in order; all others have to find something."""
SETTINGS = Settings(
    rules={
        "conflicting-groups": RuleSettings(parameters={"conflicts": ("developers + auditors",)}),
        "program-with-password": RuleSettings(parameters={"program_names": ("newcomer",)}),
        "missing-tags": RuleSettings(parameters={"required_tags": ("team",)}),
        "crown-jewel-in-reach": RuleSettings(parameters={"principals": ("arn:*:role/second",)}),
        "forbidden-rights": RuleSettings(parameters={"actions": ("s3:DeleteBucket",)}),
        "missing-boundary": RuleSettings(parameters={"boundaries": ("tight",)}),
        "required-policies": RuleSettings(parameters={"policies": ("session-logging",)}),
        "user-name-pattern": RuleSettings(parameters={"allowed_names": ("x-*",)}),
    },
    exceptions=(
        an_exception(scope=Scope(account=FOREIGN), ends_on=(NOW + timedelta(days=300)).date()),
        an_exception(rule="two-active-keys", ends_on=(NOW + timedelta(days=8)).date()),
    ),
)
QUARANTINE = held(
    "iam:*",
    effect="Deny",
    name="AWSCompromisedKeyQuarantineV3",
    kind=PolicyKind.AWS_MANAGED,
    arn="arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
)
ALL_BUT_IAM = {"Effect": "Allow", "NotAction": ["iam:*", "sts:*"], "Resource": "*"}
OPS_AND_ITSELF = [f"arn:aws:iam::{ACCOUNT}:role/of-ops", f"arn:aws:iam::{ACCOUNT}:user/tagger"]
BROAD = (
    held("iam:CreateUser", name="people"),
    held("sqs:SendMessage", name="messages"),
    held(
        "cloudshell:*",
        name="AWSCloudShellFullAccess",
        kind=PolicyKind.AWS_MANAGED,
        arn="arn:aws:iam::aws:policy/AWSCloudShellFullAccess",
    ),
)
MANAGED = tuple(
    ManagedPolicy(
        name=name,
        arn=f"arn:aws:iam::{ACCOUNT}:policy/{name}",
        policy=Policy.parse(document("s3:ListBucket")),
        earlier={"v1": Policy.parse(document("*"))},
        is_used=is_used,
    )
    for name, is_used in (("used", True), ("unused", False))
)
APP = (MFADevice(serial_number=f"arn:aws:iam::{ACCOUNT}:mfa/app", enabled_at=days_ago(50)),)


def users():
    """Return one user for each kind of trouble, whose ages cross no threshold tomorrow."""
    old = access_key(days_old=200)
    younger = access_key(days_old=3, number=2, used=2)
    bedrock = ServiceSpecificCredential(
        service="bedrock.amazonaws.com",
        name="key",
        id="ACCAEXAMPLE",
        is_active=True,
        created_at=days_ago(200),
    )
    certificate = SigningCertificate(number=1, is_active=True, uploaded_at=days_ago(200))
    return (
        user(
            "administrator",
            keys=[old],
            password=password(used=200, days_old=300),
            days_old=500,
            policies=(held("*"),),
        ),
        user("rotating", keys=[old, younger], days_old=500, policies=(held("s3:*"), QUARANTINE)),
        user("keeping", keys=[access_key(days_old=300, active=False)], days_old=500),
        user("newcomer", password=password(days_old=200), days_old=200),
        user(
            "leaver",
            keys=[access_key(days_old=30, used=1), replace(younger, created_at=days_ago(20))],
            days_old=500,
            tags={"owner": "gone@example.com"},
            groups=("developers", "auditors"),
        ),
        user(
            "forgotten",
            ssh_keys=(SSHKey(id="APKAEXAMPLE", is_active=True, uploaded_at=days_ago(300)),),
            service_specific_credentials=(bedrock,),
            days_old=500,
            policies=(
                held("s3:*"),
                held(
                    "iam:CreateAccessKey",
                    f"arn:aws:iam::{ACCOUNT}:group/developers",
                    name="vain",
                    effect="Deny",
                ),
            ),
        ),
        with_credentials(
            "with-app",
            password=password(used=2, days_old=50),
            has_mfa=True,
            mfa_devices=APP,
        ),
        user(
            "tagger",
            days_old=500,
            policies=(held(["sts:AssumeRole", "iam:TagUser"], OPS_AND_ITSELF),),
        ),
        with_credentials("signing", signing_certificates=(certificate,)),
    )


def with_credentials(name, **credentials):
    return user(name, days_old=500, credentials=Credentials(**credentials))


def of_root():
    certificate = SigningCertificate(number=1, is_active=True, uploaded_at=days_ago(200))
    return root(
        keys=[access_key(days_old=400, used=5)],
        password=password(used=5, days_old=800),
        mfa=False,
        signing_certificates=(certificate,),
    )


def organization(**fields):
    given = {
        "management_account_id": HUB,
        "accounts": {
            ACCOUNT: MemberAccount(id=ACCOUNT, ou_path="/Workloads"),
            HUB: MemberAccount(id=HUB),
            FOREIGN: MemberAccount(id=FOREIGN, status="SUSPENDED"),
        },
        "delegated_administrators": (DelegatedAdministrator(FOREIGN, ("sso.amazonaws.com",)),),
        "people": People((Person(user_name="gone", emails=("gone@example.com",)),), "a store"),
    }
    return Organization("o-exampleorgid", frozenset({ACCOUNT, HUB}), **{**given, **fields})


def trusting():
    """Return roles that outsiders become, one for each way of letting them in too easily."""
    provider = f"arn:aws:iam::{ACCOUNT}:"
    everybody_else = trust_of({"AWS": ACCOUNT})
    everybody_else["Statement"][0]["NotPrincipal"] = everybody_else["Statement"][0].pop("Principal")
    optional = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}
    guessable = {"StringEquals": {"sts:ExternalId": "0042"}}
    trusts = {
        "anybody-else": everybody_else,
        "vendor": trust_of({"AWS": OUTSIDER}, optional),
        "guessed": trust_of({"AWS": OUTSIDER}, guessable),
        "deleted": trust_of({"AWS": "AIDACKCEVSQ6C2EXAMPLE"}),
        "build": trust_of({"Service": "codebuild.amazonaws.com"}),
        "certificates": trust_of({"Service": "rolesanywhere.amazonaws.com"}),
        "people": trust_of({"Federated": f"{provider}saml-provider/people"}),
        "tokens": trust_of(
            {"Federated": f"{provider}oidc-provider/token.actions.githubusercontent.com"}
        ),
    }
    return [
        role(
            name,
            trust=trust,
            policies=(held("s3:*"),),
            last_use=LastUse(Use.USED, days_ago(200)),
            created_at=days_ago(300),
        )
        for name, trust in trusts.items()
    ]


def climbing():
    """Return roles that have a single strong right, or a way up, one for each kind."""
    of_account = trust_of({"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
    of_ops = {"StringEquals": {"aws:PrincipalTag/team": "ops"}}
    everything = {"trust": of_account, "policies": (held("*"),)}
    rights = {
        "keys": held("kms:Decrypt"),
        "passing": held("iam:PassRole"),
        "unbounding": held("iam:DeleteRolePermissionsBoundary"),
        "commanding": held("ssm:SendCommand"),
        "updating": held("cloudformation:UpdateStack"),
        "assigning": held("sso:CreateAccountAssignment"),
        "first": held("sts:AssumeRole", "*role/second"),
        "second": held("sts:AssumeRole", "*role/third"),
        "there": held("sts:AssumeRole", "*role/back"),
        "back": held("sts:AssumeRole", "*role/there"),
        "all-but-iam": HeldPolicy(
            "rest", PolicyKind.INLINE, Policy.parse({"Statement": ALL_BUT_IAM})
        ),
    }
    return [
        *(role(name, trust=of_account, policies=(right,)) for name, right in rights.items()),
        role("third", **everything),
        role("machine", trust=trust_of({"Service": "ec2.amazonaws.com"}), policies=(held("*"),)),
        role(
            "stack",
            trust=trust_of({"Service": "cloudformation.amazonaws.com"}),
            policies=(held("*"),),
        ),
        role(
            "of-ops",
            trust=trust_of({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, of_ops),
            policies=(held("*"),),
        ),
        role(
            "bounded",
            policies=(held("sts:AssumeRole"),),
            boundary=Policy.parse(document("s3:*"), name="tight"),
        ),
        role(
            "everybodys",
            trust=trust_of({"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id}}),
        ),
    ]


def rich(account_id, **fields):
    silent = LastUse(Use.USED, days_ago(200))
    given = {
        "id": account_id,
        "root": of_root(),
        "roles": [
            role("open", trust=trust_of({"AWS": "*"}), policies=(held("*"),)),
            role("broad", policies=BROAD),
            role("silent", last_use=silent, created_at=days_ago(300)),
            *trusting(),
            *climbing(),
        ],
        "groups": (group("empty"), group("inline", policies=(held("s3:*"),))),
        "managed_policies": MANAGED,
        "password_policy": PasswordPolicy(minimum_length=8),
        "contacts": Contacts(),
        "server_certificates": (
            ServerCertificate(
                name="www",
                arn=f"arn:aws:iam::{account_id}:server-certificate/www",
                uploaded_at=days_ago(5000),
                expires_at=NOW + timedelta(days=10),
            ),
        ),
        "service_last_accessed": {
            each.arn: (ServiceAccess("bedrock", days_ago(300)), ServiceAccess("ec2"))
            for each in users()
        },
        "organization": organization(),
        "people": People((Person(user_name="boss", emails=("boss@example.com",)),), "a list"),
        "gaps": (Gap("some part", "iam:ListSomething", "AccessDenied"),),
    }
    return account(*users(), **{**given, **fields})


SNAPSHOTS = (
    rich(
        ACCOUNT,
        organization=organization(features=frozenset({ROOT_CREDENTIALS_MANAGEMENT})),
        identity_providers=(
            IdentityProvider(
                arn=f"arn:aws:iam::{ACCOUNT}:saml-provider/old",
                kind=ProviderKind.SAML,
                valid_until=NOW + timedelta(days=10),
            ),
        ),
    ),
    rich(
        HUB,
        password_policy=PasswordPolicy(is_set=False),
        root=root(mfa_devices=APP),
        organization=organization(features=frozenset({ROOT_CREDENTIALS_MANAGEMENT})),
    ),
    rich(FOREIGN, organization=Organization("", frozenset())),
)


TOLD = finding(
    rule="permissions-granted",
    kind="detection",
    first_seen_at=days_ago(3),
    evidence={"administrators": [f"arn:aws:iam::{ACCOUNT}:role/third"]},
)
"""What a comparison told before."""


def an_audit(*checks):
    return Audit(
        accounts=FakeAccounts(*SNAPSHOTS),
        findings=FakeFindings(TOLD),
        coverage=FakeCoverage(),
        checks=checks,
        settings=SETTINGS,
        exceptions=FakeExceptions(),
    )


def run(audit, *, days):
    """Run every audit of every account as it is so many days later; count what is written."""
    before = audit.findings.writes
    for snapshot in SNAPSHOTS:
        later = replace(snapshot, taken_at=NOW + timedelta(days=days))
        audit.accounts.snapshots[snapshot.id] = later
        for kind in AUDITS:
            audit.run(snapshot.id, kind, f"run-{days}")
    return audit.findings.writes - before


@EACH_CHECK
def test_a_day_later_there_is_nothing_to_write(check):
    audit = an_audit(check)
    run(audit, days=0)

    assert run(audit, days=1) == 0


def test_nothing_is_written_when_all_checks_run_together():
    audit = an_audit(*CHECKS)
    written = run(audit, days=0)

    found = {finding.rule for finding in audit.findings.stored.values()}
    assert found - {TOLD.rule} == {check.id for check in CHECKS} - NOTHING_TO_FIND
    assert written == len(audit.findings.stored.keys() - {TOLD.id})
    assert run(audit, days=0) == 0
    assert run(audit, days=1) == 0
    assert len(audit.coverage.stored) == len(SNAPSHOTS) * len(AUDITS)
