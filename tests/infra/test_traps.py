"""Bugs of other monitors that the stacks could have: the numbers are those of tests/traps."""

from infra.config import parse
from infra.event_rules import derive_rules
from infra.forwarding import FORWARDED
from rolecall.catalog import DETECTIONS
from tests.infra.synthesis import example_configuration
from tests.sdk_names import operation


def test_trap_07_every_event_that_we_wait_for_exists_in_the_model_of_the_sdk():
    details = [rule.pattern["detail"] for rule in derive_rules(DETECTIONS)]
    wanted = [
        (source, name)
        for detail in details
        for source in detail.get("eventSource", ())
        for name in detail.get("eventName", ())
    ]

    assert wanted
    for source, name in wanted:
        operation(source, name)  # raises for a name that neither the SDK nor CloudTrail knows


def test_trap_08_events_are_taken_in_the_region_of_iam_and_in_those_of_sign_ins():
    configuration = example_configuration()
    configuration["events"] = {"sign_in_regions": ["eu-central-1", "us-east-2"]}

    regions = parse(configuration).member_regions

    assert {"us-east-1", "eu-central-1", "us-east-2"} <= {*regions}
    assert len(regions) == len({*regions})


def test_trap_08_read_only_events_are_asked_for_by_the_state_of_the_rule():
    state = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"

    assert FORWARDED["sessions"].state == state
