import json
import sys

from bench.event_runs import judge
from bench.processes import run


def test_the_invented_events_are_judged():
    found = judge(count=90)

    assert found["findings"] > 0
    assert found["events"] > 0


def test_the_handler_starts_in_a_process_of_its_own():
    ran = run([sys.executable, "-m", "bench.event_runs", "start"])

    assert json.loads(ran.output) == {"handler": 1.0}
    assert ran.megabytes > 0
