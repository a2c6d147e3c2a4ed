"""What holds for all policies."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.policy import (
    ActionSet,
    Outcome,
    Policy,
    PolicyError,
    PolicySet,
    action_index,
    compare,
    decide,
    granted,
    shortest_policies,
)
from tests.policy.strategies import parse, policies, policy_sets, requests, statements

RANK = {
    Outcome.EXPLICITLY_DENIED: 0,
    Outcome.IMPLICITLY_DENIED: 0,
    Outcome.CONDITIONAL: 1,
    Outcome.ALLOWED: 2,
}


UNKNOWN = ["brandnew:dothis", "brandnew:*"]


def rights(policy_set):
    return granted(policy_set, naming=UNKNOWN)


def rank(request, policy_set):
    return RANK[decide(request, policy_set).outcome]


@given(requests(), policy_sets(), statements(effect="Deny"))
def test_adding_a_deny_never_grants(request, before, deny):
    after = replace(before, identity=(*before.identity, parse([deny])))

    assert rank(request, after) <= rank(request, before)
    assert rights(after).possible <= rights(before).possible
    assert rights(after).everywhere <= rights(before).everywhere


@given(requests(), policy_sets(), policies())
def test_adding_a_boundary_never_grants(request, before, boundary):
    before = replace(before, boundary=None)
    after = replace(before, boundary=boundary)

    assert rank(request, after) <= rank(request, before)
    assert rights(after).possible <= rights(before).possible
    assert rights(after).everywhere <= rights(before).everywhere


@given(requests(), policy_sets(), policies())
def test_adding_a_level_of_service_control_policies_never_grants(request, before, policy):
    after = replace(before, scps=(*(before.scps or ()), (policy,)))

    assert rank(request, after) <= rank(request, before)
    assert rights(after).possible <= rights(before).possible


@given(requests(), policy_sets(), policies())
def test_adding_a_level_of_resource_control_policies_never_grants(request, before, policy):
    after = replace(before, rcps=(*(before.rcps or ()), (policy,)))

    assert rank(request, after) <= rank(request, before)


@given(requests(), policy_sets(), statements(effect="Allow"))
def test_removing_an_allow_never_grants(request, after, allow):
    before = replace(after, identity=(*after.identity, parse([allow])))

    assert rank(request, after) <= rank(request, before)
    assert rights(after).possible <= rights(before).possible
    assert rights(after).everywhere <= rights(before).everywhere


@settings(max_examples=400)
@given(requests(), policy_sets())
def test_what_is_decided_agrees_with_what_is_granted(request, policy_set):
    grants = rights(policy_set)

    decision = decide(request, policy_set)

    if decision.may_be_allowed:
        assert request.action in grants.possible
    if request.action in grants.everywhere:
        assert decision.is_allowed
    if request.action in grants.under_conditions and not request.context:
        assert not (decision.is_allowed and not request.context_is_complete)


@given(requests(), policy_sets())
def test_more_context_only_settles(request, policy_set):
    known = decide(replace(request, context_is_complete=False), policy_set)

    settled = decide(replace(request, context_is_complete=True), policy_set)

    assert settled.outcome is not Outcome.CONDITIONAL
    if known.outcome is not Outcome.CONDITIONAL:
        assert settled.is_allowed == known.is_allowed


@given(policy_sets())
def test_comparing_with_oneself_finds_nothing(policy_set):
    assert not compare(policy_set, policy_set)


@settings(max_examples=25)
@given(st.data())
def test_a_set_made_a_policy_and_read_again_is_the_same_set(data):
    names = action_index().names
    first = data.draw(st.integers(0, len(names) - 1))
    nearby = names[first : first + 300]
    chosen = data.draw(st.sets(st.sampled_from(nearby), min_size=1))
    actions = ActionSet.of([*chosen, *data.draw(st.sampled_from([[], ["brandnew:dothis"]]))])

    documents = shortest_policies(actions, max_characters=2048)

    again = granted(PolicySet(identity=tuple(map(Policy.parse, documents))))
    assert again.everywhere == actions


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("*"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
ELEMENTS = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource"]


@settings(max_examples=400)
@given(
    st.dictionaries(
        st.sampled_from([*ELEMENTS, "NotResource", "Condition"]),
        JSON | st.sampled_from(["Allow", "Deny", "s3:*", {"AWS": "*"}, {"Bool": {"a:b": True}}]),
    ),
)
def test_any_statement_is_read_or_refused_with_its_place(raw):
    error = refusal({"Statement": raw})

    assert error is None or (error.policy, error.statement) == ("fuzz", 0)


def refusal(document):
    try:
        policy = Policy.parse(document, name="fuzz")
    except PolicyError as error:
        return error
    assert granted(PolicySet(identity=(policy,))).version
    return None


@given(JSON)
def test_anything_that_is_no_policy_is_refused(content):
    with pytest.raises(PolicyError):
        Policy.parse({"Version": content, "Statement": content, "Else": content})
