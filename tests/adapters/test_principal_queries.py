import contextlib
import json
import shlex
from dataclasses import replace

import boto3
import jmespath
import pytest
from moto import mock_aws

from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
from rolecall.cli import main
from rolecall.model.principals import PolicyKind
from rolecall.services.record_principals import RecordPrincipals
from tests.adapters.documented_queries import prelude, questions, run_aws
from tests.adapters.tables import create_principals_table
from tests.builders import ACCOUNT, FOREIGN, HUB, account, held, role, trust_of, user

READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ATTACHED = held("s3:Get*", name="ReadOnlyAccess", kind=PolicyKind.AWS_MANAGED, arn=READ)
ALICE = user(
    policies=(replace(ATTACHED, group="readers"), held("iam:AttachUserPolicy", name="own")),
    groups=("readers",),
)
DEPLOY = role(
    policies=(held("*"),),
    trust=trust_of({"AWS": FOREIGN}, {"StringEquals": {"sts:ExternalId": "7"}}),
)
CAROL = user("carol", arn=f"arn:aws:iam::{HUB}:user/carol", policies=(ATTACHED,))

ANSWERS = {
    "Which policies are assigned to this user": [ALICE.arn],
    "Through which groups": [ALICE.arn],
    "Which are inline": [ALICE.arn],
    "Who can assume this role": [DEPLOY.arn],
    "Which principals hold this policy": [ALICE.arn, CAROL.arn],
    "All administrators": [DEPLOY.arn],
    "Who can become an administrator": [ALICE.arn],
}
VALUES = {
    "Which policies are assigned to this user": ["own", "ReadOnlyAccess"],
    "Through which groups": [("readers", "ReadOnlyAccess")],
    "Which are inline": ["own"],
    "Who can assume this role": [(f"AWS:{FOREIGN}", ["StringEquals sts:ExternalId = 7"])],
}
ROWS = {
    "Which policies are assigned to this user": [
        ["own", "inline", "", ""],
        ["ReadOnlyAccess", "AWS managed", READ, "readers"],
    ],
    "Through which groups": [["readers", "ReadOnlyAccess"]],
    "Which are inline": [["own"]],
    "Who can assume this role": [[f"AWS:{FOREIGN}", "StringEquals sts:ExternalId = 7"]],
    "Which principals hold this policy": [
        [ALICE.arn, False, "readers"],
        [CAROL.arn, True, ""],
    ],
}

each_question = pytest.mark.parametrize(
    "question", questions("rolecall-principals"), ids=lambda each: each.title
)


@pytest.fixture(
    scope="module", params=["moto", pytest.param("local", marks=pytest.mark.dynamodb_local)]
)
def dynamodb(request):
    """Yield a client of the filled table, and lead whoever asks for DynamoDB there."""
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        if request.param == "moto":
            stack.enter_context(mock_aws())
        else:
            endpoint = request.getfixturevalue("dynamodb_endpoint")
            patch.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint)
        client = boto3.client("dynamodb")
        table = create_principals_table(client)
        record = RecordPrincipals(DynamoDBPrincipals(client, table)).run
        record(account(ALICE, roles=[DEPLOY]))
        record(account(CAROL, id=HUB))
        yield client
        client.delete_table(TableName=table)


@each_question
def test_the_aws_command_line_answers(question, dynamodb):
    items = run_aws(question.aws, dynamodb)

    assert sorted(i["principal_arn"]["S"] for i in items) == sorted(ANSWERS[question.title])


@pytest.mark.parametrize(
    "question",
    [each for each in questions("rolecall-principals") if each.title in ROWS],
    ids=lambda each: each.title,
)
def test_the_aws_command_line_prints_what_was_asked(question, dynamodb):
    words = shlex.split(question.aws.replace("\\\n", " "))
    columns = words[words.index("--query") + 1]
    items = run_aws(question.aws, dynamodb)
    answer = {"Items": items} if columns.startswith("Items") else {"Item": items[0]}

    assert sorted(jmespath.search(columns, answer)) == sorted(ROWS[question.title])


@each_question
@pytest.mark.usefixtures("dynamodb")
def test_python_answers(question):
    names = {}

    exec(prelude() + question.python, names)  # noqa: S102 - our own page

    found = sorted(item["principal_arn"] for item in names["found"])
    assert found == sorted(ANSWERS[question.title])
    if question.title in VALUES:
        assert names.get("policies", names.get("trusted")) == VALUES[question.title]


@each_question
@pytest.mark.usefixtures("dynamodb")
def test_rolecalls_command_line_answers(question, capsys):
    program, *arguments = shlex.split(question.rolecall)

    code = main([*arguments, "--format", "jsonl"])

    assert (program, code) == ("rolecall", 0)
    documents = map(json.loads, capsys.readouterr().out.splitlines())
    found = sorted(each["principal_arn"] for each in documents)
    assert found == sorted(ANSWERS[question.title])


def test_every_question_has_an_answer_here():
    assert [question.title for question in questions("rolecall-principals")] == list(ANSWERS)
    assert ACCOUNT in ALICE.arn
