import json

from infra.event_rules import PATTERN_LIMIT, derive_rules
from rolecall.catalog import DETECTIONS
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

IAM = "iam.amazonaws.com"


def test_admits_what_the_detections_declare_and_nothing_else():
    rules = derive_rules(DETECTIONS)

    wanted = {each for detection in DETECTIONS for each in declared(detection)}
    assert {each for rule in rules for each in admitted(rule)} == wanted - swallowed(wanted)


def test_keeps_every_pattern_within_the_quota():
    for rule in derive_rules(DETECTIONS):
        assert length(rule) <= PATTERN_LIMIT


def test_merges_the_patterns_of_one_source():
    [rule] = derive_rules([detection(IAM, "CreateUser"), detection(IAM, "DeleteUser")])

    assert rule.name == "rolecall-iam"
    assert rule.pattern["detail"] == {
        "eventSource": [IAM],
        "eventName": ["CreateUser", "DeleteUser"],
    }


def test_splits_what_would_exceed_the_quota():
    names = [f"AnEventWithQuiteALongName{number:03}" for number in range(200)]

    rules = derive_rules([detection(IAM, *names)])

    assert [rule.name for rule in rules] == [f"rolecall-iam-{n}" for n in range(1, len(rules) + 1)]
    assert all(length(rule) <= PATTERN_LIMIT for rule in rules)
    assert sorted(n for rule in rules for n in rule.pattern["detail"]["eventName"]) == names


def test_lets_a_pattern_without_names_swallow_those_with_names():
    [rule] = derive_rules([detection(IAM, "CreateUser"), detection(IAM), detection(IAM, "X")])

    assert rule.pattern["detail"] == {"eventSource": [IAM]}


def test_keeps_identity_types_apart():
    root = EventPattern(identity_types=("Root",))
    of_root = EventPattern(sources=(IAM,), names=("CreateUser",), identity_types=("Root",))

    rules = derive_rules([detection(IAM, "CreateUser"), with_patterns(root, of_root)])

    assert [rule.name for rule in rules] == ["rolecall-root", "rolecall-iam"]
    assert rules[0].pattern["detail"] == {"userIdentity": {"type": ["Root"]}}


def test_keeps_patterns_of_clients_and_of_changes_apart():
    tool = EventPattern(user_agents=("*Pacu*",))
    changes = EventPattern(sources=(IAM,), only_changes=True)

    rules = derive_rules([detection(IAM, "CreateUser"), with_patterns(tool, changes)])

    assert {rule.name: rule.pattern["detail"] for rule in rules} == {
        "rolecall-iam": {"eventSource": [IAM], "eventName": ["CreateUser"]},
        "rolecall-iam-changes": {"eventSource": [IAM], "readOnly": [False, {"exists": False}]},
        "rolecall-tools": {"userAgent": [{"wildcard": "*Pacu*"}]},
    }


def test_believes_nobody_but_aws():
    for rule in derive_rules(DETECTIONS):
        assert rule.pattern["source"] == [{"prefix": "aws."}]


def test_names_every_rule_differently():
    names = [rule.name for rule in derive_rules(DETECTIONS)]

    assert len(names) == len(set(names))


def declared(detection):
    for pattern in detection.patterns:
        yield from single(pattern.detail())


def admitted(rule):
    return single(rule.pattern["detail"])


def single(detail):
    """Yield what a pattern admits, source by source and name by name."""
    limits = {name: detail[name] for name in detail if name not in ("eventSource", "eventName")}
    for source in detail.get("eventSource", ["any"]):
        for name in detail.get("eventName", ["any"]):
            yield source, name, json.dumps(limits, sort_keys=True)


def swallowed(wanted):
    """Return what is admitted anyway, by a pattern that has no names and asks for less."""
    open_ended = [each for each in wanted if each[1] == "any"]
    return {each for each in wanted for wide in open_ended if wide != each and covers(wide, each)}


def covers(wide, narrow):
    return wide[0] in ("any", narrow[0]) and is_part(json.loads(wide[2]), json.loads(narrow[2]))


def is_part(limits, others):
    """Tell whether all limits are among the others."""
    return all(
        is_part(value, others.get(name, {}))
        if isinstance(value, dict)
        else others.get(name) == value
        for name, value in limits.items()
    )


def length(rule):
    return len(json.dumps(rule.pattern, separators=(",", ":")))


def detection(source, *names):
    return with_patterns(EventPattern(sources=(source,), names=names))


def with_patterns(*patterns):
    return Detection(
        id="some-detection",
        title="Something happened",
        severity=Severity.LOW,
        remediation="Look.",
        references=(),
        patterns=patterns,
    )
