import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from boto3.dynamodb.types import TypeDeserializer
from hypothesis import given
from hypothesis import strategies as st

from rolecall.adapters.findings_items import attribute, finding_item, finding_of_item, value_of
from rolecall.model.evidence import Resource
from rolecall.model.exceptions import RuleException
from rolecall.model.finding import Finding, Status
from rolecall.model.scope import Scope
from rolecall.model.settings import RetentionSettings
from rolecall.model.severity import Severity
from tests.builders import NOW, finding

RETENTION = RetentionSettings(resolved_days=90, detections_days=400)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
arns = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
times = st.integers(946_684_800, 4_102_444_800).map(lambda t: datetime.fromtimestamp(t, UTC))
whole_numbers = st.integers(min_value=-(10**38) + 1, max_value=10**38 - 1)
json_values = st.recursive(
    st.none() | st.booleans() | whole_numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=15,
)
text_lists = st.lists(texts, max_size=3).map(tuple)
findings = st.builds(
    Finding,
    id=names,
    rule=names,
    kind=st.sampled_from(["check", "detection"]),
    account_id=names,
    region=texts,
    resource=st.builds(Resource, texts, arns),
    principal=st.none() | arns,
    severity=st.sampled_from(Severity),
    status=st.sampled_from(Status),
    exception=st.none()
    | st.builds(
        RuleException,
        rule=st.sampled_from(["", "access-key-rotation"]),
        resource=arns.filter(str.strip),
        scope=st.builds(Scope, tag=st.sampled_from(["", "team=payments"])),
        owner=names.filter(str.strip),
        reason=names.filter(str.strip),
        ticket=texts,
        ends_on=st.dates(),
        origin=texts,
    ),
    title=texts,
    summary=texts,
    why=texts,
    remediation=texts,
    commands=text_lists,
    references=text_lists,
    compliance=text_lists,
    evidence=st.dictionaries(names, json_values, max_size=4),
    first_seen_at=times,
    changed_at=times,
    resolved_at=st.none() | times,
    source=texts,
)


@given(findings)
def test_a_finding_survives_the_way_into_the_table_and_back(original):
    assert finding_of_item(finding_item(original, RETENTION)) == original


@given(json_values)
def test_evidence_is_written_as_boto3_reads_it(value):
    read = TypeDeserializer().deserialize(attribute(value))

    assert read == value
    assert value_of(attribute(value)) == value


def test_an_open_finding_is_in_the_index_of_open_ones_under_its_severity():
    item = finding_item(finding(severity=Severity.CRITICAL), RETENTION)

    assert item["open_severity"] == {"S": "CRITICAL"}


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.SUPPRESSED])
def test_a_finding_that_is_not_open_is_not_in_the_index_of_open_ones(status):
    item = finding_item(finding(status=status), RETENTION)

    assert "open_severity" not in item


def test_a_finding_is_in_the_index_of_the_day_it_changed():
    item = finding_item(finding(changed_at=datetime(2026, 11, 23, 23, 59, tzinfo=UTC)), RETENTION)

    assert item["changed_on"] == {"S": "2026-11-23"}
    assert item["changed_at"] == {"S": "2026-11-23T23:59:00Z"}


@pytest.mark.parametrize("principal", [None, ""])
def test_a_finding_without_principal_is_not_in_the_index_of_principals(principal):
    item = finding_item(finding(principal=principal), RETENTION)

    assert "principal_arn" not in item
    assert finding_of_item(item).principal is None


def test_a_key_longer_than_an_index_takes_is_cut_and_not_refused():
    long = replace(finding(), resource=Resource("Other", "ä" * 3000))

    item = finding_item(long, RETENTION)

    assert len(item["resource_arn"]["S"].encode()) == 2048


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": Status.OPEN, "kind": "check"}, None),
        ({"status": Status.SUPPRESSED, "kind": "check"}, None),
        ({"status": Status.RESOLVED, "resolved_at": NOW}, NOW + timedelta(days=90)),
        ({"status": Status.OPEN, "kind": "detection"}, NOW + timedelta(days=400)),
        (
            {"status": Status.RESOLVED, "resolved_at": NOW, "kind": "detection"},
            NOW + timedelta(days=90),
        ),
    ],
    ids=["open", "suppressed", "resolved", "detection", "resolved detection"],
)
def test_only_what_is_over_or_happened_once_expires(fields, expected):
    item = finding_item(finding(**fields), RETENTION)

    assert item.get("expires_at") == (expected and {"N": str(int(expected.timestamp()))})


def test_a_finding_larger_than_an_item_loses_evidence_and_says_so():
    policy = "x" * 500_000
    large = finding(evidence={"access_key_id": "AKIAIOSFODNN7EXAMPLE", "policy": policy})

    stored = finding_of_item(finding_item(large, RETENTION))

    assert stored.evidence["access_key_id"] == "AKIAIOSFODNN7EXAMPLE"
    assert stored.evidence["policy"].startswith("xxx")
    assert stored.evidence["policy"].endswith("(cut: 500,000 characters in all)")
    assert replace(stored, evidence={}) == replace(large, evidence={})


@pytest.mark.parametrize(
    "fields",
    [
        {"commands": tuple(f"aws iam delete-user --user-name {n:060}" for n in range(9_000))},
        {"summary": "\x01" * 400_000},
        {"evidence": {f"fact {n}": n for n in range(60_000)}},
        {"evidence": {"list": ["ä" * 1_000] * 500, "map": {"deep": {"text": '"' * 600_000}}}},
        {"evidence": {"text": "x" * 400_000}, "why": "y" * 400_000, "title": "z" * 400_000},
    ],
    ids=["commands", "summary", "many facts", "nested", "three at once"],
)
def test_whatever_is_too_large_fits_afterwards_and_is_still_a_finding(fields):
    item = finding_item(finding(**fields), RETENTION)

    assert size_in_dynamodb(item) < 400 * 1024
    assert finding_of_item(item).id == finding().id


def test_text_that_is_no_unicode_is_stored_with_a_question_mark():
    item = finding_item(finding(evidence={"agent": "a\ud800b"}), RETENTION)

    assert finding_of_item(item).evidence == {"agent": "a?b"}


def test_numbers_that_dynamodb_cannot_hold_become_text():
    item = finding_item(finding(evidence={"large": 10**38, "fraction": 1.5}), RETENTION)

    assert finding_of_item(item).evidence == {"large": str(10**38), "fraction": "1.5"}


def test_evidence_nested_too_deeply_for_dynamodb_becomes_text_at_the_bottom():
    nested = "bottom"
    for _ in range(60):
        nested = {"in": nested}

    item = finding_item(finding(evidence={"deep": nested}), RETENTION)

    assert depth(item) <= 32
    assert "bottom" in json.dumps(item)


def test_large_numbers_may_come_back_in_scientific_notation():
    assert value_of({"N": "1E+37"}) == 10**37


def depth(item):
    """Count levels as DynamoDB does: attributes of the item are the first."""

    def levels(value):
        [(kind, content)] = value.items()
        if kind not in ("M", "L"):
            return 1
        return 1 + max(map(levels, content.values() if kind == "M" else content), default=0)

    return max(map(levels, item.values()))


def size_in_dynamodb(value):
    """Estimate the size as DynamoDB counts it, rounding up."""
    if (
        isinstance(value, dict)
        and set(value) <= {"S", "N", "BOOL", "NULL", "M", "L"}
        and len(value) == 1
    ):
        [(kind, content)] = value.items()
        if kind in ("M", "L"):
            parts = content.items() if kind == "M" else [("", each) for each in content]
            return 3 + sum(len(name.encode()) + 1 + size_in_dynamodb(each) for name, each in parts)
        return len(str(content).encode()) + 1
    return sum(len(name.encode()) + size_in_dynamodb(each) for name, each in value.items())
