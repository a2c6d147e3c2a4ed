from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.organization import MemberAccount
from rolecall.model.overrides import Override
from rolecall.model.rule import Check
from rolecall.model.scope import Scope
from rolecall.model.settings import RuleSettings, Settings
from rolecall.model.severity import Severity
from rolecall.services.audit import judge
from rolecall.services.parametrize import evidence_of
from rolecall.services.places import places_of
from tests.builders import ACCOUNT, ORGANIZATION, access_key, account, group, role, user

IN_SANDBOX = replace(
    ORGANIZATION, accounts={ACCOUNT: MemberAccount(id=ACCOUNT, ou_path="/Sandbox/Team")}
)


@Check(
    id="says-its-limit",
    title="Says of everything which limit holds for it",
    severity=Severity.LOW,
    needs=frozenset(),
    in_every_audit=True,
    remediation="",
    references=(),
)
def says_its_limit(account, *, limit_days: int = 90, strict: bool = False):
    """Say of everything which limit holds for it."""
    things = [(each.resource, each.arn) for each in (*account.users, *account.roles)]
    things += [(Resource("AwsIamGroup", each.arn), None) for each in account.groups]
    for resource, principal in [*things, (account.resource, None)]:
        yield Evidence(resource=resource, principal=principal, summary=f"{limit_days} {strict}")


def limits(snapshot, *overrides, **parameters):
    settings = RuleSettings(parameters=parameters, overrides=overrides)
    evidence = evidence_of(says_its_limit, snapshot, settings, places_of(snapshot))
    names = [each.resource.arn.rpartition(":")[2] for each in evidence]
    assert len(set(names)) == len(names)
    return {name: each.summary for name, each in zip(names, evidence, strict=True)}


def override(limit, *, strict=None, **scope):
    parameters = {"limit_days": limit} | ({} if strict is None else {"strict": strict})
    return Override(Scope(**scope), parameters)


def by_path(path, name):
    return user(name, arn=f"arn:aws:iam::{ACCOUNT}:user{path}{name}")


SNAPSHOT = account(
    by_path("/ci/", "build"),
    by_path("/ci/prod/", "release"),
    user("alice", tags={"team": "payments"}),
    user("bob"),
    roles=[role("deploy", tags={"team": "payments"})],
    groups=(group("admins"),),
    organization=IN_SANDBOX,
)


def test_everybody_has_the_parameters_of_the_rule_where_nothing_overrides_them():
    assert set(limits(SNAPSHOT, limit_days=60).values()) == {"60 False"}


@pytest.mark.parametrize(
    "scope", [{"account": ACCOUNT}, {"ou": "/Sandbox"}, {"ou": "/Sandbox/Team/"}]
)
def test_what_holds_for_an_account_holds_for_everything_in_it(scope):
    assert set(limits(SNAPSHOT, override(30, **scope)).values()) == {"30 False"}


@pytest.mark.parametrize(
    "scope", [{"account": "444455556666"}, {"ou": "/Sand"}, {"ou": "/Sandbox/Team/Deeper"}]
)
def test_what_holds_elsewhere_does_not_hold_here(scope):
    assert set(limits(SNAPSHOT, override(30, **scope)).values()) == {"90 False"}


def test_each_principal_is_judged_by_its_own_path_and_tags():
    found = limits(SNAPSHOT, override(30, path="/ci/"), override(10, tag="team=payments"))

    assert found == {
        "user/ci/build": "30 False",
        "user/ci/prod/release": "30 False",
        "user/alice": "10 False",
        "role/deploy": "10 False",
        "user/bob": "90 False",
        "group/admins": "90 False",
        "root": "90 False",
    }


def test_the_most_specific_counts_whatever_comes_first():
    ordered = [
        override(1, ou="/Sandbox"),
        override(2, ou="/Sandbox/Team"),
        override(3, account=ACCOUNT),
        override(4, path="/ci/"),
        override(5, path="/ci/prod/"),
        override(6, tag="team=payments"),
    ]

    for overrides in (ordered, ordered[::-1]):
        found = limits(SNAPSHOT, *overrides)
        assert found["user/bob"] == "3 False"
        assert found["user/ci/build"] == "4 False"
        assert found["user/ci/prod/release"] == "5 False"
        assert found["user/alice"] == "6 False"


def test_of_two_as_specific_the_later_one_counts():
    found = limits(SNAPSHOT, override(1, account=ACCOUNT), override(2, account=ACCOUNT))

    assert set(found.values()) == {"2 False"}


def test_each_parameter_comes_from_the_most_specific_override_that_sets_it():
    found = limits(SNAPSHOT, override(5, path="/ci/"), override(9, account=ACCOUNT, strict=True))

    assert found["user/ci/build"] == "5 True"
    assert found["user/bob"] == "9 True"


def test_all_that_an_override_names_has_to_fit():
    both = override(5, path="/ci/", tag="team=payments")

    assert set(limits(SNAPSHOT, both).values()) == {"90 False"}


def test_a_rule_whose_parameters_cannot_be_known_is_not_judged_and_says_so():
    old = user(keys=[access_key(days_old=100)])
    by_unit = Override(Scope(ou="/Sandbox"), {"max_age_days": 10})
    by_tag = Override(Scope(tag="team"), {"max_age_days": 10})
    nowhere = account(old, organization=None)
    untagged = account(old, lacking=(Part.AUTHORIZATION_DETAILS,))

    for snapshot, unknown in ((nowhere, by_unit), (untagged, by_tag)):
        settings = Settings(rules={"access-key-rotation": RuleSettings(overrides=(unknown,))})
        judgement = judge(snapshot, [access_key_rotation], settings, "run")
        assert judgement.not_judged == ("access-key-rotation",)
        assert not judgement.findings
        assert "the result of access-key-rotation" in {gap.part for gap in judgement.account.gaps}


def test_an_account_of_no_organization_is_in_no_unit():
    alone = replace(ORGANIZATION, id="", account_ids=frozenset({ACCOUNT}))

    found = limits(account(user(), organization=alone), override(30, ou="/Sandbox"))

    assert set(found.values()) == {"90 False"}


scopes = st.builds(
    Scope,
    account=st.sampled_from(["", ACCOUNT, "444455556666"]),
    ou=st.sampled_from(["", "/Sandbox", "/Sandbox/Team", "/Workloads"]),
    path=st.sampled_from(["", "/ci/", "/ci/prod/"]),
    tag=st.sampled_from(["", "team", "team=payments", "team=search"]),
).filter(bool)
overrides = st.lists(
    st.builds(Override, scopes, st.fixed_dictionaries({"limit_days": st.integers(1, 4)})),
    max_size=5,
)


@given(overrides)
def test_everybody_is_judged_as_if_their_own_parameters_held_everywhere(overrides):
    places = places_of(SNAPSHOT)
    settings = RuleSettings(overrides=tuple(overrides))

    judged = evidence_of(says_its_limit, SNAPSHOT, settings, places)

    everywhere = says_its_limit.judge(SNAPSHOT, {})
    assert {each.resource for each in judged} == {each.resource for each in everywhere}
    for each in judged:
        own = settings.at(places.of_principal(each.principal))
        assert each in says_its_limit.judge(SNAPSHOT, own)
