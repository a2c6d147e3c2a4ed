import contextlib
import json
import shlex

import boto3
import pytest
from freezegun import freeze_time
from moto import mock_aws

from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.cli import main
from rolecall.model.evidence import Resource
from rolecall.model.finding import Status
from rolecall.model.settings import RetentionSettings
from rolecall.model.severity import Severity
from tests.adapters.documented_queries import prelude, questions, run_aws
from tests.adapters.tables import create_findings_table
from tests.builders import ACCOUNT, FOREIGN, HUB, NOW, days_ago, finding
from tests.fakes import FakeClock

ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
BOB = f"arn:aws:iam::{ACCOUNT}:user/bob"
DEPLOY = Resource("AwsIamRole", f"arn:aws:iam::{ACCOUNT}:role/deploy")
RESOLVED = {"status": Status.RESOLVED, "resolved_at": NOW}


def named(digest, *, account=ACCOUNT, **fields):
    return finding(id=f"{account}-{digest}", account_id=account, **fields)


KEY = named("5f3c0a9b7d1e2f4a6b8c0d1e", severity=Severity.CRITICAL)
ROLE = named("1", rule="foreign-account-trust", resource=DEPLOY, principal=DEPLOY.arn)
ROLE_BEFORE = named("2", rule="administrator-access", resource=DEPLOY, principal=ALICE, **RESOLVED)
OLD = named("3", account=HUB, principal=BOB, changed_at=days_ago(3), severity=Severity.LOW)
YESTERDAY = named("4", account=FOREIGN, principal=BOB, changed_at=days_ago(0, hours=17), **RESOLVED)
TOO_EARLY = named(
    "5", account=FOREIGN, rule="root-activity", principal=None, changed_at=days_ago(0, hours=19)
)

ANSWERS = {
    "One finding": [KEY],
    "An account's findings": [KEY, ROLE, ROLE_BEFORE],
    "What is open on a resource": [ROLE],
    "What is open of a principal": [KEY],
    "What a rule found": [KEY, OLD, YESTERDAY],
    "Everything open in the organization, the worst first": [KEY, ROLE, TOO_EARLY],
    "Everything that changed since a moment": [KEY, ROLE, ROLE_BEFORE, YESTERDAY],
}

each_question = pytest.mark.parametrize(
    "question", questions("rolecall-findings"), ids=lambda each: each.title
)


@pytest.fixture(
    scope="module", params=["moto", pytest.param("local", marks=pytest.mark.dynamodb_local)]
)
def dynamodb(request):
    """Yield a client of the filled table, and lead whoever asks for DynamoDB there.

    One table serves all tests of this module: questions change nothing.
    """
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
        table = create_findings_table(client)
        store = DynamoDBFindings(client, table, RetentionSettings(), FakeClock(NOW))
        store.save([KEY, ROLE, ROLE_BEFORE, OLD, YESTERDAY, TOO_EARLY])
        yield client
        client.delete_table(TableName=table)


@pytest.fixture(autouse=True)
def _now(dynamodb):  # noqa: ARG001 - the clock stops when the table is filled
    with freeze_time(NOW, ignore=["_pytest.timing"]):
        yield


def expected(question):
    return sorted(each.id for each in ANSWERS[question.title])


@each_question
def test_the_aws_command_line_answers(question, dynamodb):
    items = run_aws(question.aws, dynamodb)

    assert sorted(item["id"]["S"] for item in items) == expected(question)


@each_question
def test_python_answers(question):
    names = {}

    exec(prelude() + question.python, names)  # noqa: S102 - our own page

    assert sorted(item["id"] for item in names["findings"]) == expected(question)


@each_question
def test_rolecalls_command_line_answers(question, capsys):
    program, *arguments = shlex.split(question.rolecall)

    code = main([*arguments, "--format", "jsonl"])

    assert (program, code) == ("rolecall", 0)
    documents = map(json.loads, capsys.readouterr().out.splitlines())
    assert sorted(each["id"] for each in documents) == expected(question)


def test_every_question_has_an_answer_here():
    assert [question.title for question in questions("rolecall-findings")] == list(ANSWERS)
