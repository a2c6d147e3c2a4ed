import pytest

from rolecall.detections.bursts.principals_enumerated import principals_enumerated
from tests.builders import user_identity
from tests.detections.bursts.of_events import at, told


def tried(minutes, error="MalformedPolicyDocumentException", **fields):
    request = {"roleName": "deploy"}
    return at(minutes, name="UpdateAssumeRolePolicy", request=request, error=error, **fields)


@pytest.mark.parametrize("step", [1, -1])
def test_ten_trust_policies_that_name_nobody_are_one_finding(step):
    records = [tried(number) for number in range(12)]

    [finding] = told(principals_enumerated, records[::step])

    assert finding.summary == (
        "user mallory wrote 10 trust policies or more that name nobody, within 15 minutes on"
        " 2026-11-23"
    )


@pytest.mark.parametrize(
    "records",
    [
        [tried(number) for number in range(9)],
        [tried(2 * number) for number in range(12)],
        [tried(number, error="AccessDenied") for number in range(12)],
        [tried(n, actor=user_identity(f"u{n}")) for n in range(12)],
    ],
    ids=["nine", "over a longer time", "refused", "of many"],
)
def test_is_quiet_otherwise(records):
    assert told(principals_enumerated, records) == []
