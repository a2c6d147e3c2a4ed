import pytest

from rolecall.model.key_proof import Lookup, Verdict
from rolecall.services.prove import Prove, UnknownKeyError, global_region
from tests.builders import KEY_ID, NOW, days_ago
from tests.fakes import FakeClock
from tests.model.test_key_proof import known_key


class FakeKeyHistory:
    def __init__(self, *keys):
        self.keys = {key.id: key for key in keys}
        self.asked = []

    def find(self, key_id):
        return self.keys.get(key_id)

    def lookup(self, key_id, region, since):
        self.asked.append((key_id, region, since))
        return Lookup(region=region, since=since)


def test_looks_in_the_regions_asked_for_and_in_that_of_the_last_use_once_each():
    history = FakeKeyHistory(known_key())

    proof = Prove(history, FakeClock(NOW)).run(KEY_ID, ["us-east-1", "us-east-1"], 90)

    assert proof.verdict is Verdict.MAY_GO
    assert history.asked == [
        (KEY_ID, "us-east-1", days_ago(90)),
        (KEY_ID, "eu-west-1", days_ago(90)),
    ]


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("eu-west-1", "us-east-1"),
        ("us-gov-east-1", "us-gov-west-1"),
        ("cn-northwest-1", "cn-north-1"),
    ],
)
def test_each_partition_has_its_region_for_services_without_one(region, expected):
    """Trap: a partition other than aws."""
    assert global_region(region) == expected


def test_asks_for_no_more_than_the_event_history_holds():
    history = FakeKeyHistory(known_key())

    Prove(history, FakeClock(NOW)).run(KEY_ID, [], 400)

    assert history.asked == [(KEY_ID, "eu-west-1", days_ago(90))]


def test_knows_no_key_of_another_account():
    with pytest.raises(UnknownKeyError, match=KEY_ID):
        Prove(FakeKeyHistory(), FakeClock(NOW)).run(KEY_ID, [], 90)
