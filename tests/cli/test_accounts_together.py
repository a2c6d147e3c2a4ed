"""Several accounts at once, and the crown jewels in them."""

import json

import pytest

from rolecall.cli.exit_codes import CLEAN, FAILED, FOUND
from tests.builders import ACCOUNT, HUB
from tests.cli.test_questions import ALICE, BOB, document, role, user

THERE = f"arn:aws:iam::{HUB}:role/admin"
PAYROLL = f"arn:aws:iam::{HUB}:role/payroll"
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
DECLARED = f"""
[rules.crown-jewel-in-reach]
principals = ["arn:aws:iam::{HUB}:role/pay*"]
"""


@pytest.fixture
def files(tmp_path):
    """Write two accounts: alice of the one can become admin and payroll of the other."""
    assume = document(Action="sts:AssumeRole", Resource=f"arn:aws:iam::{HUB}:role/*")
    roles = [role(THERE, ROOT, document(Action="*")), role(PAYROLL, ROOT)]
    here = details([user(ALICE, assume), user(BOB)], [])
    return written(tmp_path, "here", here), written(tmp_path, "there", details([], roles))


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "rolecall.toml"
    path.write_text(DECLARED)
    return path


def details(users, roles):
    lists = {"UserDetailList": users, "RoleDetailList": roles}
    return {**lists, "GroupDetailList": [], "Policies": []}


def written(folder, name, content):
    path = folder / f"{name}.json"
    path.write_text(json.dumps(content))
    return path


def found(ran):
    return [json.loads(line) for line in ran.out.splitlines()]


def test_an_audit_sees_what_leads_from_one_account_into_another(run, files):
    escalation = ("--check", "privilege-escalation", "--format", "jsonl")

    ran = run("audit", *files, *escalation)

    [finding] = found(ran)
    assert ran.code == FOUND
    assert finding["principal_arn"] == ALICE
    assert f"role admin of account {HUB}" in finding["summary"]
    assert "2 accounts: what leads from one into another is seen" in ran.err


def test_apart_each_account_is_judged_alone(run, files):
    ran = run("audit", *files, "--apart", "--check", "privilege-escalation")

    assert ran.code == CLEAN
    assert "what leads from one into another" not in ran.out


def test_a_file_that_cannot_be_read_keeps_the_others_together(run, files, tmp_path):
    broken = written(tmp_path, "broken", {})

    ran = run("audit", broken, *files, "--check", "privilege-escalation", "--format", "jsonl")

    assert (ran.code, len(found(ran))) == (FAILED, 1)
    assert "broken.json: it is no snapshot" in ran.err


def test_one_account_twice_is_no_two_accounts(run, files):
    here, there = files

    ran = run("audit", here, here, there, "--check", "privilege-escalation", "--format", "jsonl")

    assert [each["principal_arn"] for each in found(ran)] == [ALICE]


def test_crown_jewels_are_found_in_reach(run, files, config):
    check = ("--check", "crown-jewel-in-reach", "--config", config, "--format", "jsonl")

    ran = run("audit", *files, *check)

    [finding] = found(ran)
    assert finding["principal_arn"] == ALICE
    assert f"can become the crown jewel role payroll of account {HUB}" in finding["summary"]


def test_paths_lead_to_the_crown_jewels_that_are_declared(run, files, config):
    snapshots = [word for file in files for word in ("--snapshot", file)]

    ran = run("paths", "--to", "crown-jewels", "--config", config, *snapshots, "--format", "jsonl")

    assert [(each["principal"], each["goal"]) for each in found(ran)] == [(ALICE, PAYROLL)]


def test_paths_lead_to_whom_a_wildcard_names(run, files):
    snapshots = [word for file in files for word in ("--snapshot", file)]

    ran = run("paths", ALICE, "--to", f"arn:aws:iam::{HUB}:role/*", *snapshots)

    assert (ran.code, ran.out.splitlines()[0]) == (0, f"{ALICE}  granted")


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("", "no crown jewels are declared"),
        (DECLARED.replace("pay*", "gone"), f"has no user or role arn:aws:iam::{HUB}:role/gone"),
    ],
)
def test_crown_jewels_that_are_not_there_are_told(run, files, config, toml, problem):
    config.write_text(toml)

    ran = run("paths", ALICE, "--to", "crown-jewels", "--config", config, "--snapshot", files[0])

    assert ran.code == FAILED
    assert problem in ran.err
