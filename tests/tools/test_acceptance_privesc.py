import json

import pytest

from tools.acceptance import managed, privesc
from tools.acceptance.reference_account import ACTOR, account_of


def policy(*actions):
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def row(*actions, expected=True, **fields):
    given = {
        "id": "-".join(actions),
        "expected": expected,
        "strength": "must",
        "actor": ACTOR,
        "gaad": account_of([policy(*actions)]),
        "policy": None,
        "scp": None,
    }
    return {**given, **fields}


def write(folder, name, rows):
    (folder / name).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def test_flags_who_escalates_and_tells_what_differs(tmp_path):
    write(
        tmp_path,
        "privesc.jsonl",
        [row("iam:PutUserPolicy"), row("s3:GetObject", expected=False), row("s3:PutObject")],
    )

    answers = list(privesc.answers(tmp_path))

    assert [answer["flagged"] for answer in answers] == [True, False, False]
    assert answers[0]["principals"] == [ACTOR]
    assert privesc.compare(tmp_path, answers) == (3, ["s3:PutObject (must): missed"])


def test_judges_a_policy_without_an_account_alone(tmp_path):
    alone = row("iam:PassRole", "ec2:RunInstances", gaad=None, actor=None)
    alone["policy"] = policy("iam:PassRole", "ec2:RunInstances")
    write(tmp_path, "privesc.jsonl", [alone])

    [answer] = privesc.answers(tmp_path)

    assert answer["flagged"]


def test_weighs_the_policies_of_the_organization(tmp_path):
    deny = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Deny", "Action": "iam:*", "Resource": "*"},
    }
    levels = [{"target": "r-root", "policies": [policy("*"), deny]}]
    write(tmp_path, "privesc.jsonl", [row("iam:PutUserPolicy", expected=False, scp=levels)])

    [answer] = privesc.answers(tmp_path)

    assert not answer["flagged"]


@pytest.mark.parametrize(
    ("actions", "known", "is_flagged"),
    [
        (["ssm:SendCommand"], {"action_overlap": ["x"], "unconditional_any_resource": ["x"]}, True),
        (["s3:GetObject"], {"action_overlap": [], "unconditional_any_resource": []}, False),
    ],
)
def test_judges_managed_policies(tmp_path, actions, known, is_flagged):
    each = {"name": "Policy", "document": policy(*actions), "pathfinding": known}
    write(tmp_path, "managed_policies.jsonl", [each])

    [answer] = managed.answers(tmp_path)

    assert answer == {"name": "Policy", "privesc": is_flagged}
    assert managed.compare(tmp_path, [answer]) == (1, [])
    assert len(managed.compare(tmp_path, [{**answer, "privesc": not is_flagged}])[1]) == 1
