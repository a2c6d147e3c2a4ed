import io
import json

import pytest

ACCOUNT = "111122223333"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
BOB = f"arn:aws:iam::{ACCOUNT}:user/bob"
WORKER = f"arn:aws:iam::{ACCOUNT}:role/worker"
CREATED = "2026-01-01T00:00:00+00:00"
WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def document(**statement):
    whole = {"Effect": "Allow", "Action": "iam:*", "Resource": "*"} | statement
    return {"Version": "2012-10-17", "Statement": [whole]}


def trust(principal):
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def user(arn, *documents, **fields):
    inline = [{"PolicyName": f"own-{i}", "PolicyDocument": d} for i, d in enumerate(documents)]
    name = arn.rpartition("/")[2]
    return {
        "UserName": name,
        "Arn": arn,
        "CreateDate": CREATED,
        "UserPolicyList": inline,
        "AttachedManagedPolicies": [],
        "GroupList": [],
    } | fields


def role(arn, trusted, *documents):
    inline = [{"PolicyName": f"own-{i}", "PolicyDocument": d} for i, d in enumerate(documents)]
    return {
        "RoleName": arn.rpartition("/")[2],
        "Arn": arn,
        "CreateDate": CREATED,
        "RolePolicyList": inline,
        "AttachedManagedPolicies": [],
        "AssumeRolePolicyDocument": trust(trusted),
    }


@pytest.fixture
def exported(tmp_path):
    """Return a function that writes an account as the AWS command line prints it."""

    def write(users=(), roles=()):
        path = tmp_path / "account.json"
        content = {"UserDetailList": list(users), "RoleDetailList": list(roles)}
        path.write_text(json.dumps(content | {"GroupDetailList": [], "Policies": []}))
        return path

    return write


def test_who_can_lists_who_may_and_why(run, exported):
    account = exported([user(ALICE, document()), user(BOB, document(Condition=WITH_MFA))])

    ran = run("who-can", "iam:CreateUser", "--snapshot", account)

    assert ran.code == 0
    allowed = "  Allowed by statement 1 of the identity-based policy own-0"
    assert ran.out.splitlines() == [
        f"{ALICE}  allowed",
        f"{allowed}.",
        f"{BOB}  conditional",
        f"{allowed} if Bool aws:MultiFactorAuthPresent = true.",
    ]


def test_who_can_says_when_it_is_nobody(run, exported):
    ran = run("who-can", "s3:GetObject", "--snapshot", exported([user(ALICE, document())]))

    assert (ran.code, ran.out) == (0, "Nobody.\n")


def test_what_is_known_settles_conditions(run, exported):
    account = exported([user(BOB, document(Condition=WITH_MFA))])
    known = ("--context", "aws:MultiFactorAuthPresent=true")

    ran = run("can", BOB, "iam:CreateUser", "--snapshot", account, *known)

    assert ran.code == 0
    assert ran.out.splitlines()[0] == f"{BOB}  allowed"


def test_can_exits_with_1_when_it_is_not_allowed_for_certain(run, exported):
    account = exported([user(BOB, document(Condition=WITH_MFA))])

    assert run("can", BOB, "iam:CreateUser", "--snapshot", account).code == 1
    assert run("can", BOB, "s3:GetObject", "--snapshot", account).code == 1


def test_a_role_is_asked_for_its_trust_policy(run, exported):
    account = exported(
        [user(ALICE, document(Action="sts:*")), user(BOB, document(Action="sts:*"))],
        [role(WORKER, {"AWS": ALICE})],
    )

    ran = run("who-can", "sts:AssumeRole", WORKER, "--snapshot", account, "--format", "jsonl")

    [found] = map(json.loads, ran.out.splitlines())
    assert (found["principal"], found["outcome"]) == (ALICE, "Allowed")
    assert found["action_table"].startswith("0.1.")


def test_principal_shows_policies_trust_and_rights(run, exported):
    account = exported(roles=[role(WORKER, {"Service": "ec2.amazonaws.com"}, document())])

    ran = run("principal", WORKER, "--snapshot", account)

    assert ran.code == 0
    assert "inline policy own-0" in ran.out
    assert "Service:ec2.amazonaws.com" in ran.out
    assert "Allowed everywhere" in ran.out
    assert "Permissions management" in ran.out


def test_principal_shows_groups_and_what_aws_does_not_know(run, exported):
    account = exported([user(ALICE, document(Action="brandnew:DoThis"))])

    ran = run("principal", ALICE, "--snapshot", account)

    assert "Groups\n  none" in ran.out
    assert "brandnew  1 unknown to AWS" in ran.out


def test_principal_as_json_names_every_action(run, exported):
    account = exported([user(ALICE, document(Action="iam:PassRole", Condition=WITH_MFA))])

    ran = run("principal", ALICE, "--snapshot", account, "--format", "json")

    [found] = json.loads(ran.out)
    assert found["allowed"] == {
        "everywhere": [],
        "on some resources": [],
        "under conditions": ["iam:PassRole"],
    }


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("can", "alice", "iam:GetUser"), "is no ARN"),
        (("can", BOB, "iam:GetUser"), f"has no user or role {BOB}"),
        (("can", ALICE, "iam:Nothing"), "AWS has no action 'iam:Nothing'"),
        (("can", ALICE, "iam:*"), "wildcards cannot be asked about"),
        (("who-can", "iam:GetUser", "--context", "nonsense"), "is no KEY=VALUE"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(run, exported, arguments, problem):
    ran = run(*arguments, "--snapshot", exported([user(ALICE, document())]))

    assert ran.code == 2
    assert problem in ran.err


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("nothing", "neither JSON nor a credential report"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "should be a JSON object"),
        ("{}", "it has no UserDetailList"),
        ('{"UserDetailList": [{}]}', "does not say which account it is of"),
        ('{"UserDetailList": [{"Arn": "arn:aws:iam::111122223333:user/a"}]}', "makes no sense"),
    ],
)
def test_a_file_that_is_no_account_is_refused(run, tmp_path, content, problem):
    path = tmp_path / "account.json"
    path.write_text(content)

    ran = run("who-can", "iam:GetUser", "--snapshot", path)

    assert ran.code == 2
    assert problem in ran.err


def test_a_file_that_is_not_there_is_named(run):
    ran = run("who-can", "iam:GetUser", "--snapshot", "missing.json")

    assert (ran.code, ran.err) == (2, "rolecall: missing.json: No such file or directory\n")


def test_a_file_that_is_no_text_is_refused(run, tmp_path):
    path = tmp_path / "account.json"
    path.write_bytes(b"\xff\xfe")

    assert "no text in UTF-8" in run("who-can", "iam:GetUser", "--snapshot", path).err


def test_who_cannot_be_read_is_not_judged(run, exported):
    attached = [{"PolicyName": "lost", "PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/lost"}]
    account = exported([user(ALICE, document(), AttachedManagedPolicies=attached)])

    ran = run("can", ALICE, "iam:GetUser", "--snapshot", account)

    assert ran.code == 2
    assert "cannot be judged: lost could not be read" in ran.err


def row(**request):
    asked = {"principal": ALICE, "action": "iam:GetUser", "resource": ALICE} | request
    return {"id": "one", "request": asked, "policies": {"identity": [document()]}}


@pytest.mark.parametrize(
    "write",
    [
        json.dumps,
        lambda one: json.dumps([one]),
        lambda one: json.dumps(one) + "\n\n",
        lambda one: json.dumps(one, indent=1),
    ],
)
def test_simulate_reads_rows_in_every_shape(run, tmp_path, write):
    path = tmp_path / "rows.jsonl"
    path.write_text(write(row()))

    ran = run("simulate", path)

    [found] = map(json.loads, ran.out.splitlines())
    assert ran.code == 0
    assert (found["id"], found["decision"], found["detail"]) == ("one", "Allow", "Allow")


def test_simulate_reads_standard_input(run, monkeypatch):
    lines = "\n".join(json.dumps(row(action=action)) for action in ("iam:GetUser", "s3:GetObject"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))

    ran = run("simulate", "-")

    assert [json.loads(line)["detail"] for line in ran.out.splitlines()] == [
        "Allow",
        "ImplicitDeny",
    ]


def test_a_row_that_cannot_be_read_costs_no_other_row(run, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{json.dumps(row())}\nnonsense\n{json.dumps(row())}\n")

    ran = run("simulate", path)

    first, broken, last = map(json.loads, ran.out.splitlines())
    assert ran.code == 2
    assert (first["decision"], broken["decision"], last["decision"]) == ("Allow", "Deny", "Allow")
    assert "error" in broken
