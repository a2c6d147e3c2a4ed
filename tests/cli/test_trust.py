import json

import pytest

from tests.builders import ACCOUNT, FOREIGN

DATADOG = "464622532012"
GITHUB = "token.actions.githubusercontent.com"


def details(*roles):
    return {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": roles, "Policies": []}


def detail(name, principal, condition=None, action="*"):
    trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    rights = {"Effect": "Allow", "Action": action, "Resource": "*"}
    if condition:
        trust["Condition"] = condition
    return {
        "Path": "/",
        "RoleName": name,
        "RoleId": f"AROA{name.upper()}",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/{name}",
        "CreateDate": "2024-06-01T00:00:00+00:00",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
        "RolePolicyList": [
            {
                "PolicyName": "rights",
                "PolicyDocument": {"Version": "2012-10-17", "Statement": [rights]},
            }
        ],
        "AttachedManagedPolicies": [],
        "InstanceProfileList": [],
        "Tags": [],
        "RoleLastUsed": {"LastUsedDate": "2026-10-01T00:00:00+00:00", "Region": "eu-west-1"},
    }


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "account.json"
    subject = {"StringLike": {f"{GITHUB}:sub": "repo:acme/*"}}
    provider = {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"}
    path.write_text(
        json.dumps(
            details(
                detail("own", {"AWS": ACCOUNT}),
                detail("monitor", {"AWS": DATADOG}, {"StringEquals": {"sts:ExternalId": "f2a7"}}),
                detail("partner", {"AWS": FOREIGN}, action="s3:GetObject"),
                detail("open", "*", action="ec2:DescribeInstances"),
                detail("deploy", provider, subject, action="ecs:UpdateService"),
            )
        )
    )
    return path


def test_lists_everybody_from_outside_for_machines(run, file):
    ran = run("trust", file, "--format", "json")

    outsiders = {each["outsider"]: each for each in json.loads(ran.out)}
    [monitor] = outsiders[DATADOG]["roles"]
    [partner] = outsiders[FOREIGN]["roles"]
    assert ran.code == 0
    assert next(iter(outsiders)) == "*"
    assert len(outsiders) == 4
    assert outsiders[DATADOG]["name"] == "Datadog"
    assert outsiders[DATADOG]["source"].startswith("https://docs.datadoghq.com/")
    assert monitor["is_administrator"] is True
    assert monitor["conditions"] == ["with an external id"]
    assert monitor["verdict"] == "conditional"
    assert monitor["created_at"] == "2024-06-01T00:00:00Z"
    assert monitor["last_used_at"] == "2026-10-01T00:00:00Z"
    assert partner["sensitive_classes"] == ["data-access"]
    assert partner["services"] == ["s3"]


def test_writes_a_line_for_each_outsider(run, file):
    ran = run("trust", file, "--format", "jsonl")

    assert [json.loads(line)["kind"] for line in ran.out.splitlines()] == [
        "public",
        "account",
        "account",
        "oidc",
    ]


def test_tells_people_who_can_do_what(run, file):
    ran = run("trust", file)

    assert f"Account {DATADOG} (Datadog)" in ran.out
    assert f"Account {FOREIGN} (owner not known)" in ran.out
    assert "everything: it is an administrator" in ran.out
    assert "any branch of any repository of organization acme" in ran.out
    assert "last on 2026-10-01 in eu-west-1" in ran.out
    assert "4 outsiders, 4 roles in 1 account." in ran.out
    assert "f2a7" not in ran.out


def test_says_when_the_organization_is_not_known(run, file):
    ran = run("trust", file)

    assert f"The organization of account {ACCOUNT} is not known" in ran.out


def test_joins_the_roles_of_several_accounts(run, file, tmp_path):
    other = tmp_path / "other.json"
    other.write_text(file.read_text().replace(ACCOUNT, "555566667777"))

    ran = run("trust", file, other, "--format", "json")

    [monitor] = [each for each in json.loads(ran.out) if each["outsider"] == DATADOG]
    assert {each["file"] for each in monitor["roles"]} == {str(file), str(other)}


def test_says_what_is_wrong_with_a_file(run, tmp_path):
    ran = run("trust", tmp_path / "missing.json")

    assert ran.code == 2
    assert "No such file" in ran.err


def test_shows_no_character_that_steers_a_terminal(run, tmp_path):
    provider = {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/peo\x1b[2Jple\x00\u202e"}
    path = tmp_path / "hostile.json"
    path.write_text(json.dumps(details(detail("staff", provider))))

    ran = run("trust", path)

    assert "SAML provider peo\ufffd[2Jple" in ran.out
    assert not set(ran.out) & {"\x1b", "\x00", "\u202e"}
