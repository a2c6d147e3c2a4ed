import json

from bench.snapshot import measure
from bench.snapshot_account import invent_snapshot
from bench.snapshot_calls import calls


def test_the_invented_account_is_read_and_judged_whole(tmp_path):
    file = tmp_path / "account.json"
    file.write_text(json.dumps(invent_snapshot(40)))

    found = measure(file)

    assert found["users"] == 40
    assert found["findings"] > 40


def test_calls_grow_with_pages_only_unless_single_users_are_asked_for():
    few, many = (next(iter(calls(users))) for users in (5, 500))
    asked = list(calls(500))[1]

    assert few.made == many.made <= 20
    assert asked.made > 500
