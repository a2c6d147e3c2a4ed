"""AWS's evaluation logic, told in sentences: `cases/*.json`."""

import json
from pathlib import Path

import pytest

from rolecall.policy import Policy, PolicySet, Request, decide

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['sentence']}")
    for path in sorted(Path(__file__).with_name("cases").glob("*.json"))
    for case in json.loads(path.read_text())["cases"]
]


@pytest.mark.parametrize("case", CASES)
def test_the_decision_is_as_the_sentence_says(case):
    request, policies = Request(**case["request"]), policy_set(**case["policies"])

    decision = decide(request, policies)

    expected = case["expected"]
    assert decision.outcome == expected["outcome"]
    assert list(decision.blocked_by) == expected.get("blocked_by", list(decision.blocked_by))
    assert layers(decision.decided_by) == expected.get("decided_by", layers(decision.decided_by))
    remaining = [rest.source for rest in decision.remaining]
    assert layers(remaining) == expected.get("remaining", layers(remaining))


def policy_set(*, identity=(), session=None, scps=None, rcps=None, **single):
    return PolicySet(
        identity=(policy("identity", identity),),
        session=None if session is None else (policy("session", session),),
        scps=None if scps is None else levels("scp", scps),
        rcps=None if rcps is None else levels("rcp", rcps),
        **{layer: policy(layer, statements) for layer, statements in single.items()},
    )


def levels(kind, statements_by_level):
    return tuple((policy(kind, statements),) for statements in statements_by_level)


def policy(name, statements):
    return Policy.parse({"Version": "2012-10-17", "Statement": statements}, name=name)


def layers(sources):
    return [source.layer for source in sources]
