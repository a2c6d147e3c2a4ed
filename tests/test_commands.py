"""Whatever somebody called something, pasting a command of any rule runs that command alone."""

import ast
import json
import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from rolecall.catalog import CHECKS, RULES, find_rule
from rolecall.model.account_settings import IdentityProvider, ProviderKind, ServerCertificate
from rolecall.model.commands import shorthand
from rolecall.model.credentials import Credentials
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.mfa import MFADevice
from rolecall.model.organization import People, Person
from rolecall.model.other_credentials import ServiceSpecificCredential, SigningCertificate, SSHKey
from rolecall.model.plain_text import harmless
from rolecall.model.service_access import ServiceAccess
from rolecall.policy import Policy
from rolecall.services.migrate import migrate
from tests.builders import (
    ACCOUNT,
    FOREIGN,
    access_key,
    account,
    days_ago,
    document,
    event,
    group,
    held,
    last_use,
    password,
    role,
    trust_of,
    user,
    user_identity,
)
from tests.hostile_names import HOSTILE

FUNCTIONS = Path(__file__).parents[1] / "functions/rolecall"
MAKES_COMMANDS = FUNCTIONS / "model/commands.py"
CODE = sorted({*FUNCTIONS.rglob("*.py")} - {MAKES_COMMANDS})
PLAIN = "somebody"
"""A name that no shell takes for anything else; nothing else in these tests bears it."""
LONG_AGO = last_use(500)
QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"
PARAMETERS = {
    "change-without-mfa": {"users": ("*",)},
    "conflicting-groups": {"conflicts": ("payers + approvers",)},
    "missing-boundary": {"boundaries": ("tight",)},
    "missing-tags": {"required_tags": ("team",)},
    "required-policies": {"policies": ("session-logging",)},
    "user-name-pattern": {"allowed_names": ("person-*",)},
}
EVENTS = {
    "access-key-created": "CreateAccessKey",
    "access-key-for-another-user": "CreateAccessKey",
    "administrator-policy-attached": "AttachUserPolicy",
    "bedrock-key-user-misused": "CreateAccessKey",
    "change-without-mfa": "CreateRole",
    "console-sign-in-without-mfa": "ConsoleLogin",
    "function-opened": "AddPermission20150331v2",
    "group-membership-changed": "AddUserToGroup",
    "inline-policy-written": "PutUserPolicy",
    "key-quarantined": "AttachUserPolicy",
    "managed-policy-attached": "AttachUserPolicy",
    "managed-policy-written": "SetDefaultPolicyVersion",
    "mfa-added": "EnableMFADevice",
    "mfa-removed": "DeactivateMFADevice",
    "role-created": "CreateRole",
    "role-trust-changed": "UpdateAssumeRolePolicy",
    "user-created": "CreateUser",
}
"""The call that each detection with commands tells of."""
OF_ACTORS = ("change-without-mfa", "console-sign-in-without-mfa")
"""Those whose commands are about the user who calls."""
COMMENT = re.compile(r"^# [^:]+: (?=(?:aws|rolecall) )")
"""What makes a command one for later."""
UNNAMED = {"account", "root"}
"""The folders of rules about accounts and organizations, whose ids are AWS's own."""
BEGUN = re.compile(r"(?:^|[\s`:])(?:aws|rolecall) [a-z][a-z -]*[ =]$")
"""The end of a text that a value would make a command of."""


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_every_command_means_the_same_whatever_the_name(name):
    named = commands_about(name)

    for source, commands in commands_about(PLAIN).items():
        for plain, other in zip(commands, named[source], strict=True):
            assert words_of(other) == [renamed(word, name) for word in words_of(plain)], source


def test_every_rule_that_makes_commands_about_what_others_named_is_asked_for_some():
    asked = {rule_id for rule_id, commands in commands_about(PLAIN).items() if commands}
    makers = {rule.id for rule in RULES if makes_commands(rule) and folder_of(rule) not in UNNAMED}

    assert not makers - asked


def test_what_a_shell_would_run_is_noticed():
    with pytest.raises(AssertionError):
        words_of("aws iam get-user --user-name $(id)")


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(FUNCTIONS)))
def test_no_other_module_makes_a_command(path):
    assert not commands_made_in(path.read_text())


@pytest.mark.parametrize(
    "code",
    [
        'f"aws iam get-user --user-name {name}"',
        'f"# undo: aws iam tag-user --tags={tags}"',
        'f"see `rolecall findings show {finding_id}`"',
        '"aws iam generate-credential-report"',
        '"aws iam get-user --user-name %s"',
    ],
)
def test_a_command_made_by_hand_is_noticed(code):
    assert commands_made_in(code)


def commands_about(name):
    """Return the commands of every check, detection and migration, by what makes them."""
    snapshot = everything(name)
    commands = {
        check.id: commands_in(check.judge(snapshot, PARAMETERS.get(check.id, {})))
        for check in CHECKS
    }
    for rule_id, call in EVENTS.items():
        found = find_rule(rule_id).judge(recorded(rule_id, call, name), PARAMETERS.get(rule_id, {}))
        commands[rule_id] = commands_in(found)
    return {**commands, "migrate": commands_in(migrate([snapshot]))}


def commands_in(found):
    return [command for each in found for command in each.commands]


def makes_commands(rule):
    return "rolecall.model.commands" in file_of(rule).read_text()


def folder_of(rule):
    return file_of(rule).parent.name


def file_of(rule):
    return Path(rule.evaluate.__code__.co_filename)


def words_of(line):
    """Split a command, or one in a comment, as a shell would; options apart from their values."""
    assert line.isprintable()
    command = COMMENT.sub("", line)
    if command.startswith("# "):
        return [command]  # a remark: whatever is in it, nothing of it is run
    assert re.fullmatch(r"[\w@%+=:,./ -]*", outside_of_quotes(command), re.ASCII), command
    words = [word for word in shlex.split(command) if word != "--"]
    return [part for word in words for part in parted(word)]


def parted(word):
    return word.split("=", 1) if word.startswith("--") else [word]


def outside_of_quotes(command):
    return re.sub(r"""'[^']*'|"'\"""", "", command)


def renamed(word, name):
    """Return a word of the plain command as it should be under the other name."""
    safe = harmless(name).replace("://", ":/")
    member = word.replace(f"Value={PLAIN}", shorthand(Value=safe))
    return member.replace(PLAIN, safe)


def commands_made_in(code):
    """Return the texts in the code that are commands, or become some with a value."""
    tree = ast.parse(code)
    texts = [
        [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    ]
    filled = [
        text
        for parts in texts
        for text, value in pairwise(parts)
        if text and value is None and BEGUN.search(text)
    ]
    constants = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return filled + [text for text in constants if COMMENT.sub("", text).startswith("aws ")]


def everything(name):
    """Build an account in which everything of which rules tell is called by the name."""
    return account(
        *users(name),
        roles=[
            role(name, trust=trust_of({"AWS": "*"}), policies=(held(name=name),)),
            *(
                role(name, trust=trust, last_use=LONG_AGO, created_at=days_ago(900))
                for trust in trusts()
            ),
        ],
        groups=groups(name),
        managed_policies=(managed(name, is_used=True), managed(name, is_used=False)),
        identity_providers=(
            provider(f"saml-provider/{name}", ProviderKind.SAML),
            provider(f"oidc-provider/{name}", ProviderKind.OIDC),
        ),
        people=People((Person(user_name="carol", emails=()),), source="Identity Center"),
        server_certificates=(
            ServerCertificate(
                name=name, arn="arn", uploaded_at=days_ago(5000), expires_at=days_ago(1)
            ),
        ),
        service_last_accessed={user(name).arn: (ServiceAccess("bedrock", days_ago(400)),)},
    )


def trusts():
    """Return trust policies, one for each rule about them that has commands."""
    but_one = trust_of({"AWS": ACCOUNT})
    but_one["Statement"][0]["NotPrincipal"] = but_one["Statement"][0].pop("Principal")
    return (
        but_one,
        trust_of({"AWS": FOREIGN}, {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}),
        trust_of({"AWS": "AIDACKCEVSQ6C2EXAMPLE"}),
        trust_of({"Service": "codebuild.amazonaws.com"}),
        trust_of({"AWS": "*"}, {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}),
    )


def managed(name, **fields):
    """Build a managed policy with an older version that made administrators, named so too."""
    return ManagedPolicy(
        name=name,
        arn=f"arn:aws:iam::{ACCOUNT}:policy/{name}",
        policy=Policy.parse(document("s3:ListBucket"), name=name),
        earlier={name: Policy.parse(document(), name=name)},
        **fields,
    )


def provider(path, kind):
    return IdentityProvider(
        arn=f"arn:aws:iam::{ACCOUNT}:{path}", kind=kind, valid_until=days_ago(1)
    )


def groups(name):
    payers = f"arn:aws:iam::{ACCOUNT}:group/payers"
    in_vain = held("iam:CreateAccessKey", payers, effect="Deny", name=f"{name}-deny")
    return (
        group(name, policies=(held(name=name),)),
        group(name, members=(name,), policies=(in_vain,)),
    )


def users(name):
    """Return users who have, between them, every kind of credential and of right."""
    return (
        user(
            name,
            days_old=2000,
            groups=("payers", "approvers"),
            policies=policies(name),
            credentials=credentials(name),
            ssh_keys=(SSHKey(id=name, is_active=True, uploaded_at=days_ago(1000)),),
            service_specific_credentials=(service_credential(name),),
            tags={"owner": "bob@example.com"},
        ),
        user(
            name,
            keys=[access_key(days_old=9, active=False, id=name), access_key(number=2, used=1)],
            password=password(used=100, days_old=400),
            days_old=500,
        ),
        user(name, keys=[access_key(used=1, id=name)]),
        user(name, arn=f"arn:aws:iam::{ACCOUNT}:user/ci/{name}", password=password()),
    )


def policies(name):
    return (
        held("bedrock:*", name=name),
        held(name="AdministratorAccess", arn=f"arn:aws:iam::{ACCOUNT}:policy/{name}"),
        held(name=f"AWSCompromisedKeyQuarantine{name}", arn=QUARANTINE),
    )


def credentials(name):
    return Credentials(
        password=password(days_old=1000),
        has_mfa=True,
        mfa_devices=(MFADevice(serial_number=f"arn:aws:iam::{ACCOUNT}:mfa/{name}"),),
        access_keys=(
            access_key(days_old=1000, used=1, id=name),
            access_key(days_old=900, number=2, id=name),
        ),
        signing_certificates=(
            SigningCertificate(number=1, is_active=True, uploaded_at=days_ago(2000)),
        ),
    )


def service_credential(name):
    return ServiceSpecificCredential(
        service="codecommit.amazonaws.com",
        name=name,
        id=name,
        is_active=True,
        created_at=days_ago(900),
    )


def recorded(rule_id, call, name):
    """Build the event of a call in which everything has the name, but for what the rule needs."""
    request = {
        "userName": name,
        "groupName": name,
        "roleName": name,
        "functionName": name,
        "statementId": name,
        "principal": "*",
        "serialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/{name}",
        "policyName": name,
        "versionId": name,
        "policyArn": f"arn:aws:iam::{ACCOUNT}:policy/{name}",
        "policyDocument": json.dumps(trust_of({"AWS": "*"})),
    }
    needed = {
        "access-key-created": {"userName": "mallory"},
        "administrator-policy-attached": {
            "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"
        },
        "bedrock-key-user-misused": {"userName": f"BedrockAPIKey-{name}"},
        "key-quarantined": {"policyArn": "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"},
    }
    return event(
        call,
        actor={**user_identity("mallory"), "userName": name} if rule_id in OF_ACTORS else None,
        request={**request, **needed.get(rule_id, {})},
        response={"accessKey": {"userName": name, "accessKeyId": name}},
        additionalEventData={"MFAUsed": "No"},
    )
