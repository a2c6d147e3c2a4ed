import json

import pytest

from tests.builders import ACCOUNT, FOREIGN, document, trust_of
from tools.acceptance import trust


def flagged(tmp_path, **row):
    question = {"id": "one", "question": "trust", "args": {}, "expected": True, **row}
    (tmp_path / "trust.jsonl").write_text(json.dumps(question), encoding="utf-8")
    [answer] = trust.answers(tmp_path)
    return answer["flagged"]


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        ("*", None, True),
        ("*", {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}, False),
        ("*", {"StringEquals": {"aws:PrincipalAccount": FOREIGN}}, True),
        ({"AWS": ACCOUNT}, None, False),
        ({"Service": "ec2.amazonaws.com"}, None, False),
    ],
)
def test_judges_a_trust_policy_in_its_account(tmp_path, principal, condition, expected):
    policy = trust_of(principal, condition)

    assert flagged(tmp_path, trust_policy=policy, args={"source_account": ACCOUNT}) is expected


def test_reads_a_policy_of_another_resource_as_if_it_were_about_the_role(tmp_path):
    policy = trust_of("*")
    policy["Statement"][0] |= {"Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"}

    assert flagged(tmp_path, trust_policy=policy)


def test_does_not_flag_what_iam_would_not_take(tmp_path):
    assert not flagged(tmp_path, trust_policy={"Statement": [{"Principal": ""}]})


def test_takes_parameters_from_the_question(tmp_path):
    addresses = {"IpAddress": {"aws:SourceIp": "203.0.113.7"}}
    question = "is_condition_restricting_to_trusted_ips"

    for networks, expected in ((["203.0.113.0/24"], False), (["198.51.100.0/24"], True)):
        assert (
            flagged(
                tmp_path,
                trust_policy=trust_of("*", addresses),
                question=question,
                args={"arg0": addresses, "arg1": networks},
            )
            is expected
        )


def test_asks_rights_of_a_principal(tmp_path):
    question = "check_admin_access"

    assert flagged(tmp_path, question=question, args={"policy": document("*")})
    assert not flagged(tmp_path, question=question, args={"policy": document("s3:Get*")})


def test_tells_what_is_otherwise(tmp_path):
    rows = [
        {"id": "open", "question": "trust", "args": {}, "expected": True},
        {"id": "also", "question": "trust", "args": {}, "expected_flag": False, "expected": True},
    ]
    lines = [json.dumps({**row, "trust_policy": trust_of("*")}) for row in rows]
    (tmp_path / "trust.jsonl").write_text("\n".join(lines), encoding="utf-8")

    assert trust.compare(tmp_path, trust.answers(tmp_path)) == (2, ["also (must): false alarm"])
