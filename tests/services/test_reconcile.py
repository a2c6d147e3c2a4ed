from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rolecall.model.finding import Status
from rolecall.model.severity import Severity
from rolecall.services.reconcile import reconcile
from tests.builders import NOW, an_exception, finding

LATER = NOW + timedelta(days=1)


def later(known, **fields):
    """Observe the same thing again a day later."""
    given_ = {"first_seen_at": LATER, "changed_at": LATER, "source": "key-rotation/run-2"}
    return replace(known, **{**given_, **fields})


def test_opens_what_is_new():
    new = finding()

    assert reconcile([], [new], NOW) == [new]


def test_writes_nothing_for_what_is_known():
    known = finding()

    assert reconcile([known], [later(known)], LATER) == []


def test_resolves_what_is_gone():
    known = finding()

    [resolved] = reconcile([known], [], LATER)

    assert resolved == replace(known, status=Status.RESOLVED, changed_at=LATER, resolved_at=LATER)


def test_resolves_once():
    resolved = finding(status=Status.RESOLVED, resolved_at=NOW)

    assert reconcile([resolved], [], LATER) == []


def test_reopens_what_is_back_and_remembers_its_first_sighting():
    resolved = finding(status=Status.RESOLVED, resolved_at=NOW)

    [reopened] = reconcile([resolved], [later(finding())], LATER)

    assert reopened.status is Status.OPEN
    assert reopened.first_seen_at == NOW
    assert reopened.changed_at == LATER
    assert reopened.resolved_at is None


def test_rewrites_what_got_worse():
    known = finding(severity=Severity.MEDIUM)

    [worse] = reconcile([known], [later(known, severity=Severity.HIGH)], LATER)

    assert worse.severity is Severity.HIGH
    assert worse.first_seen_at == NOW


def test_suppresses_what_an_exception_covers_now_and_writes_it_once():
    exception = an_exception()
    hidden = later(finding(), status=Status.SUPPRESSED, exception=exception)

    [suppressed] = reconcile([finding()], [hidden], LATER)

    assert suppressed.status is Status.SUPPRESSED
    assert suppressed.first_seen_at == NOW
    assert reconcile([suppressed], [hidden], LATER) == []


def test_opens_a_suppressed_finding_whose_exception_is_over_and_remembers_the_exception():
    exception = an_exception()
    suppressed = finding(status=Status.SUPPRESSED, exception=exception)

    [opened] = reconcile([suppressed], [later(finding())], LATER)

    assert opened.status is Status.OPEN
    assert opened.exception == exception
    assert reconcile([opened], [later(finding())], LATER) == []


def test_resolves_a_suppressed_finding_whose_evidence_is_gone():
    [resolved] = reconcile([finding(status=Status.SUPPRESSED)], [], LATER)

    assert resolved.status is Status.RESOLVED


ids = st.sampled_from([f"111122223333-{n:024}" for n in range(6)])
stored = st.builds(
    finding,
    id=ids,
    severity=st.sampled_from(Severity),
    status=st.sampled_from(Status),
    summary=st.sampled_from(["one fact", "another fact"]),
)
observed = st.builds(
    finding,
    id=ids,
    severity=st.sampled_from(Severity),
    summary=st.sampled_from(["one fact", "another fact"]),
    first_seen_at=st.just(LATER),
    changed_at=st.just(LATER),
)


def unique(findings):
    return {each.id: each for each in findings}


@given(st.lists(stored), st.lists(observed))
def test_afterwards_the_store_says_what_was_observed(known, seen):
    store, now = unique(known), unique(seen)

    store |= unique(reconcile(store.values(), now.values(), LATER))

    alive = {each.id for each in store.values() if each.status is not Status.RESOLVED}
    assert alive == set(now)
    assert all(store[each].summary == now[each].summary for each in now)
    assert all(store[each].severity == now[each].severity for each in now)


@given(st.lists(stored), st.lists(observed))
def test_the_second_time_nothing_is_written(known, seen):
    store, now = unique(known), unique(seen)
    store |= unique(reconcile(store.values(), now.values(), LATER))

    assert reconcile(store.values(), now.values(), LATER) == []


@given(st.lists(stored), st.lists(observed))
def test_the_first_sighting_is_never_forgotten(known, seen):
    store = unique(known)

    for written in reconcile(store.values(), unique(seen).values(), LATER):
        if written.id in store:
            assert written.first_seen_at == store[written.id].first_seen_at


@given(st.lists(stored), st.lists(observed), st.randoms())
def test_the_order_does_not_matter(known, seen, random):
    store, now = list(unique(known).values()), list(unique(seen).values())
    once = unique(reconcile(store, now, LATER))

    random.shuffle(store)
    random.shuffle(now)

    assert unique(reconcile(store, now, LATER)) == once
