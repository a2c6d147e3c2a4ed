import json
import subprocess
import sys

import pytest

from bench.over_privilege_account import invent_with_plants
from bench.over_privilege_runs import audit
from bench.policy_account import Size
from bench.processes import environment, run
from rolecall.policy import action_index

FEW = Size(users=5, roles=15, groups=3, policies=20)


@pytest.fixture
def files(tmp_path):
    index = action_index()
    account, truth = invent_with_plants(FEW, list(index.names_of(index.everything)))
    contents = {"account": account, "truth": truth}
    for name, content in contents.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    return tmp_path / "account.json", tmp_path / "truth.json"


def test_every_planted_escalation_is_found_and_no_blocked_one_is_taken_for_granted(files):
    account, truth = files

    found = audit(str(account), truth)

    assert found["planted"] == found["found"] > 40
    assert found["blocked"] > 20
    assert found["wrong"] == 0


def test_a_truth_that_is_not_so_is_noticed(files):
    account, truth = files
    swapped = json.loads(truth.read_text())
    swapped["positive"], swapped["negative"] = swapped["negative"], swapped["positive"]
    truth.write_text(json.dumps(swapped))

    found = audit(str(account), truth)

    assert found["found"] == 0
    assert found["wrong"] == found["blocked"]


def test_what_a_program_prints_and_takes_is_known():
    ran = run([sys.executable, "-c", "print(sum(range(1_000_000)))"])

    assert ran.output == "499999500000\n"
    assert ran.seconds > 0
    assert ran.megabytes > 1


def test_a_program_that_fails_says_why():
    with pytest.raises(subprocess.CalledProcessError) as told:
        run([sys.executable, "-c", "raise SystemExit('no such thing')"])

    assert "no such thing" in told.value.stderr


def test_what_cannot_be_installed_is_not_taken_for_installed(tmp_path, monkeypatch):
    monkeypatch.setattr("bench.processes._CACHE", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")

    with pytest.raises(subprocess.CalledProcessError):
        environment("peers", ["no-such-program==1"])

    assert not (tmp_path / "peers/installed").exists()
