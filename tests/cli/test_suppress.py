import re
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.adapters.dynamodb_exceptions import DynamoDBExceptions
from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.cli import main
from rolecall.model.finding import Status
from rolecall.model.settings import RetentionSettings
from tests.adapters.conftest import _credentials_of_nobody, aws  # noqa: F401 - fixtures
from tests.adapters.tables import create_coverage_table, create_findings_table
from tests.builders import NOW, finding

OPEN = finding()
WHO_AND_WHY = ["--owner", "ops@example.com", "--reason", "the appliance is replaced in January"]


@pytest.fixture
def tables(aws):  # noqa: F811 - the fixture that is imported
    client = aws.client("dynamodb")
    findings = DynamoDBFindings(
        client, create_findings_table(client), RetentionSettings(), lambda: NOW
    )
    findings.save([OPEN])
    return findings, DynamoDBExceptions(client, create_coverage_table(client))


def days_from_today(days):
    return (datetime.now(UTC) + timedelta(days=days)).date()


def test_a_finding_is_suppressed_and_opened_again(tables, capsys):
    findings, exceptions = tables

    code = main(["findings", "suppress", OPEN.id, *WHO_AND_WHY, "--until", "30d", "--ticket", "T1"])
    said = capsys.readouterr().out
    suppressed = findings.get(OPEN.id)

    assert code == 0
    assert said.startswith(f"Suppressed until {days_from_today(30)}: user alice: access key")
    assert suppressed.status is Status.SUPPRESSED
    assert exceptions.all() == [suppressed.exception]
    assert suppressed.exception.ticket == "T1"
    assert re.fullmatch(r"stored by arn:aws:\w+::\d+:\S+", suppressed.exception.origin)

    assert main(["findings", "show", OPEN.id]) == 0
    assert "by ops@example.com: the appliance is replaced in January" in capsys.readouterr().out

    assert main(["findings", "unsuppress", OPEN.id]) == 0
    assert findings.get(OPEN.id).is_open
    assert exceptions.all() == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["suppress", "111122223333-0", *WHO_AND_WHY, "--until", "30d"], "there is no finding 111"),
        (["suppress", OPEN.id, *WHO_AND_WHY, "--until", "2020-01-01"], "2020-01-01 is over"),
        (["suppress", OPEN.id, *WHO_AND_WHY, "--until", "never"], "'never' is no day"),
        (["suppress", OPEN.id, *WHO_AND_WHY], "missing option '--until'"),
        (
            ["suppress", OPEN.id, "--owner", " ", "--reason", "x", "--until", "30d"],
            "the exception.owner is missing",
        ),
        (["unsuppress", OPEN.id], f"finding {OPEN.id} is not suppressed"),
    ],
)
def test_says_what_is_wrong_and_stores_nothing(tables, capsys, arguments, sentence):
    findings, exceptions = tables

    assert main(["findings", *arguments]) == 2

    assert sentence in capsys.readouterr().err
    assert findings.get(OPEN.id) == OPEN
    assert exceptions.all() == []


@pytest.mark.usefixtures("aws")
def test_says_where_to_look_for_the_tables(capsys):
    assert main(["findings", "unsuppress", OPEN.id]) == 2

    assert "there is no table rolecall-findings or rolecall-coverage" in capsys.readouterr().err
