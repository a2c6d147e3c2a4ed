import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.finding import Sighting, finding_id, finding_of
from rolecall.model.finding_document import finding_document, parse_finding
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, NOW, finding

ALICE = Resource("AwsIamUser", f"arn:aws:iam::{ACCOUNT}:user/alice")


def test_the_id_begins_with_the_account_so_that_one_read_finds_it():
    assert finding_id(ACCOUNT, "rule", ALICE, "").startswith(f"{ACCOUNT}-")


texts = st.text(st.characters(exclude_characters="\n"))


@given(st.lists(st.tuples(texts, texts, texts, texts, texts), min_size=2, max_size=2, unique=True))
def test_two_facts_never_share_an_id(facts):
    ids = {finding_id(a, r, Resource(t, arn), o) for a, r, t, arn, o in facts}

    assert len(ids) == 2


def test_the_id_does_not_depend_on_when_or_how_it_was_seen():
    evidence = Evidence(resource=ALICE, summary="one way", occasion="key")
    other = Evidence(resource=ALICE, summary="another way", occasion="key")
    sightings = [Sighting(ACCOUNT, "global", f"run-{n}", NOW, NOW) for n in (1, 2)]

    first = finding_of(access_key_rotation, evidence, sightings[0])
    second = finding_of(access_key_rotation, other, sightings[1])

    assert first.id == second.id


def test_evidence_overrides_the_severity_of_its_rule():
    sighting = Sighting(ACCOUNT, "global", "run", NOW, NOW)
    plain = Evidence(resource=ALICE, summary="s")
    mild = Evidence(resource=ALICE, summary="s", severity=Severity.INFORMATIONAL)

    assert finding_of(access_key_rotation, plain, sighting).severity is access_key_rotation.severity
    assert finding_of(access_key_rotation, mild, sighting).severity is Severity.INFORMATIONAL


@pytest.mark.parametrize("resolved_at", [None, NOW])
def test_a_document_is_read_as_it_was_written(resolved_at):
    written = finding(resolved_at=resolved_at)

    assert parse_finding(json.loads(json.dumps(finding_document(written)))) == written
