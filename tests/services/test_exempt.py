from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rolecall.model.exceptions import RuleException
from rolecall.model.finding import Status
from rolecall.model.scope import Place, Scope
from rolecall.model.severity import Severity
from rolecall.services.exempt import Exempt
from rolecall.services.places import Places
from rolecall.services.reconcile import reconcile
from tests.builders import ACCOUNT, HUB, NOW, an_exception, finding

TODAY = NOW.date()
LATER = NOW + timedelta(days=1)
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"


def exempt(*exceptions, at=NOW, ou_path=None, tags=None):
    account = Place(account_id=ACCOUNT, ou_path=ou_path)
    alice = replace(account, path="/", tags=tags)
    return Exempt(exceptions, Places(account, {ALICE: alice}), at)


def test_suppresses_what_an_exception_covers_and_says_which():
    exception = an_exception(rule="access-key-rotation", scope=Scope(account=ACCOUNT))

    suppressed = exempt(exception)(finding())

    assert suppressed.status is Status.SUPPRESSED
    assert suppressed.exception == exception


def test_leaves_open_what_none_covers():
    others = (
        an_exception(rule="unused-credentials"),
        an_exception(resource="arn:aws:iam::*:user/bob"),
        an_exception(scope=Scope(account=HUB)),
        an_exception(finding=f"{ACCOUNT}-000000000000000000000000"),
        an_exception(scope=Scope(ou="/Sandbox")),
        an_exception(scope=Scope(tag="team=payments")),
        an_exception(scope=Scope(path="/ci/")),
    )

    judged = exempt(*others, ou_path="/Workloads", tags={"team": "search"})(finding())

    assert judged == finding()


def test_holds_to_the_end_of_its_last_day_and_no_longer():
    last_day = an_exception(rule="access-key-rotation", ends_on=TODAY)
    midnight = NOW.replace(hour=0) + timedelta(days=1)

    assert exempt(last_day, at=midnight - timedelta(seconds=1))(finding()).exception == last_day
    assert exempt(last_day, at=midnight)(finding()).status is Status.OPEN


def test_of_several_the_one_that_lasts_longest_counts():
    short = an_exception(rule="access-key-rotation", ends_on=TODAY)
    long = an_exception(resource=ALICE, ends_on=TODAY + timedelta(days=9))

    assert exempt(short, long)(finding()).exception == long
    assert exempt(long, short)(finding()).exception == long


def test_suppresses_nothing_new_on_what_it_does_not_know():
    by_unit = an_exception(scope=Scope(ou="/Sandbox"))
    by_tag = an_exception(scope=Scope(tag="team"))

    assert exempt(by_unit, by_tag)(finding()).status is Status.OPEN


def test_does_not_open_what_it_suppressed_because_it_knows_less_today():
    by_unit = an_exception(scope=Scope(ou="/Sandbox"))
    before = exempt(by_unit, ou_path="/Sandbox")(finding())

    assert exempt(by_unit)(finding(), before) == before
    assert exempt(by_unit, ou_path="/Workloads")(finding(), before).status is Status.OPEN


def test_what_is_always_told_is_suppressed_one_finding_at_a_time():
    use = finding(rule="break-glass-used", kind="detection")

    assert exempt(an_exception(scope=Scope(account=ACCOUNT)))(use).status is Status.OPEN
    assert exempt(an_exception(finding=use.id))(use).status is Status.SUPPRESSED


days = st.integers(-3, 3).map(lambda number: TODAY + timedelta(days=number))
ids = st.sampled_from([f"{ACCOUNT}-{number:024}" for number in range(4)])
rules = st.sampled_from(["access-key-rotation", "unused-credentials", "wide-exception"])
scopes = st.builds(
    Scope,
    account=st.sampled_from(["", ACCOUNT, HUB]),
    ou=st.sampled_from(["", "/Sandbox", "/Sandbox/Team", "/Workloads"]),
    tag=st.sampled_from(["", "team", "team=payments", "team=search"]),
)
exceptions = st.lists(
    st.builds(
        RuleException,
        finding=st.just("") | ids,
        rule=st.just("") | rules,
        resource=st.sampled_from(["", "*", ALICE, "arn:aws:iam::*:user/b*"]),
        scope=scopes,
        owner=st.sampled_from(["ops@example.com", "ci@example.com"]),
        reason=st.just("it is known"),
        ends_on=days,
    ),
    max_size=5,
)
places = st.builds(
    lambda ou_path, tags: Places(
        Place(account_id=ACCOUNT, ou_path=ou_path),
        {ALICE: Place(account_id=ACCOUNT, ou_path=ou_path, path="/", tags=tags)},
    ),
    st.sampled_from([None, "", "/Sandbox/Team", "/Workloads"]),
    st.sampled_from([None, {}, {"team": "payments"}]),
)
found = st.builds(
    finding,
    id=ids,
    rule=rules,
    severity=st.sampled_from(Severity),
    summary=st.sampled_from(["one fact", "another fact"]),
    first_seen_at=st.just(NOW),
    changed_at=st.just(NOW),
)


def unique(findings):
    return {each.id: each for each in findings}


def audited(store, seen, exempt):
    """Do to a store what an audit does that saw these findings."""
    now = (replace(each, changed_at=exempt.at) for each in seen.values())
    observed = [exempt(each, store.get(each.id)) for each in now]
    return store | unique(reconcile(store.values(), observed, exempt.at))


@given(st.lists(found), exceptions, places)
def test_an_ended_exception_never_hides(seen, exceptions, places):
    store = audited({}, unique(seen), Exempt(exceptions, places, NOW))
    after = NOW + timedelta(days=4)

    store = audited(store, unique(seen), Exempt(exceptions, places, after))

    assert all(each.ends_on < after.date() for each in exceptions)
    assert all(each.status is Status.OPEN for each in store.values())


@given(st.lists(found), exceptions, places)
def test_what_is_suppressed_is_suppressed_by_one_that_holds_and_is_known_to_cover(
    seen, exceptions, places
):
    for each in audited({}, unique(seen), Exempt(exceptions, places, NOW)).values():
        if each.status is Status.SUPPRESSED:
            assert each.exception in exceptions
            assert each.exception.ends_on >= TODAY
            assert each.exception.covers(each, places.of_finding(each)) is True


@given(st.lists(found), st.lists(found), exceptions, places)
def test_suppressing_changes_nothing_but_the_status(first, second, exceptions, places):
    with_them, without = {}, {}
    for seen, at in ((first, NOW), (second, LATER)):
        with_them = audited(with_them, unique(seen), Exempt(exceptions, places, at))
        without = audited(without, unique(seen), Exempt([], places, at))

    assert set(with_them) == set(without)
    for id_, bare in without.items():
        hidden = with_them[id_]
        same = replace(hidden, status=bare.status, exception=None, changed_at=bare.changed_at)
        assert same == bare
        assert (hidden.status is Status.RESOLVED) == (bare.status is Status.RESOLVED)


@given(st.lists(found), st.lists(found), exceptions, places)
def test_the_second_time_nothing_is_written(first, second, exceptions, places):
    store = audited({}, unique(first), Exempt(exceptions, places, NOW))
    again = Exempt(exceptions, places, LATER)
    store = audited(store, unique(second), again)

    observed = [again(each, store.get(each.id)) for each in unique(second).values()]

    assert reconcile(store.values(), observed, LATER) == []


@given(st.lists(found), exceptions, places, st.randoms())
def test_the_order_of_exceptions_does_not_matter(seen, exceptions, places, random):
    exceptions = list({each.id: each for each in exceptions}.values())
    once = audited({}, unique(seen), Exempt(exceptions, places, NOW))

    random.shuffle(exceptions)

    assert audited({}, unique(seen), Exempt(exceptions, places, NOW)) == once


@given(st.lists(found), exceptions, places)
def test_what_opens_after_its_exception_says_which_that_was(seen, exceptions, places):
    store = audited({}, unique(seen), Exempt(exceptions, places, NOW))
    hidden = {i: each for i, each in store.items() if each.status is Status.SUPPRESSED}

    store = audited(store, unique(seen), Exempt([], places, LATER))

    assert all(store[i].exception == each.exception for i, each in hidden.items())
    assert all(store[i].is_open and store[i].changed_at == LATER for i in hidden)


def test_an_exception_may_name_whoever_is_behind_the_finding():
    of_ops = an_exception(rule="access-key-created", principal="arn:aws:iam::*:role/ops")
    made = replace(finding(), rule="access-key-created")
    ops = f"arn:aws:iam::{ACCOUNT}:role/ops"

    assert exempt(of_ops)(replace(made, principal=ops)).exception == of_ops
    assert exempt(of_ops)(replace(made, principal=f"{ops}-2")).is_open
    assert exempt(of_ops)(replace(made, principal=None)).is_open


def test_naming_a_principal_makes_another_exception_and_leaves_ids_as_they_were():
    ids = {an_exception(rule="r", principal=who).id for who in ("", "a", "b")}

    assert len(ids) == 3
    assert an_exception(rule="r").what == "rule r"
    assert an_exception(rule="r", principal="a").what == "rule r by a"
