from dataclasses import replace

import pytest

from rolecall.model.finding import Status
from rolecall.model.pipelines import Pipelines
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from tests.builders import NOW, an_exception, days_ago, role_identity
from tests.looks import World
from tests.rights import ADMIN, DEPLOY

YESTERDAY = days_ago(1)
STATE = replace(DEPLOY, tags={"state": "network"})
STACK = replace(DEPLOY, tags={"aws:cloudformation:stack-name": "ci"})
CONSOLE = {
    "request": {"roleName": "ci-deploy"},
    "eventTime": "2026-11-23T11:59:00Z",
    "actor": role_identity("ops", session="anna"),
    "sessionCredentialFromConsole": "true",
}
PIPELINES = Pipelines(roles=("arn:aws:iam::*:role/terraform",), state_tags=("state",))
RULE = "changed-outside-code"


def a_world(*principals, pipelines=PIPELINES):
    """An account that was looked at yesterday."""
    world = World(Settings(pipelines=pipelines))
    world.look(ADMIN, *principals, at=YESTERDAY)
    return world


def test_tells_who_changed_what_belongs_to_a_state_though_nobody_gained_anything():
    world = a_world(STATE)
    world.happened("TagRole", **CONSOLE)

    [finding] = world.look(ADMIN, STATE)

    assert (finding.rule, finding.severity) == (RULE, Severity.MEDIUM)
    assert finding.resource.arn == finding.principal == DEPLOY.arn
    assert finding.summary == (
        "role ci-deploy belongs to Terraform state network and was changed past it. Made by hand in"
        " the console by role ops (session anna) (TagRole, 2026-11-23 11:59 UTC)"
    )
    assert finding.evidence["code"] == "Terraform state network"
    assert finding.evidence["actor"].endswith(":role/ops")


def test_tells_it_once_a_day_for_an_actor_whatever_the_order():
    world = a_world(STACK)
    world.happened("TagRole", **CONSOLE)
    world.happened("UntagRole", **{**CONSOLE, "eventTime": "2026-11-23T11:50:00Z"})

    assert len(world.look(ADMIN, STACK)) == 1

    world.happened("TagRole", **{**CONSOLE, "eventID": "again"})
    assert world.look(ADMIN, STACK, at=NOW.replace(minute=3)) == []


@pytest.mark.parametrize(
    "by",
    [
        {"actor": role_identity("terraform")},
        {"actor": {"type": "AWSService", "invokedBy": "sso.amazonaws.com"}},
    ],
    ids=["declared", "AWS"],
)
def test_is_silent_about_a_pipeline_and_about_aws(by):
    world = a_world(STATE)
    world.happened("TagRole", **{**CONSOLE, "sessionCredentialFromConsole": None, **by})

    assert world.look(ADMIN, STATE) == []


def test_a_pipeline_of_another_kind_is_past_a_stack():
    world = a_world(STACK)
    world.happened("TagRole", **{**CONSOLE, "actor": role_identity("terraform")})

    [finding] = world.look(ADMIN, STACK)

    assert "belongs to CloudFormation stack ci and was changed past it" in finding.summary


def test_what_its_stack_did_is_no_news():
    world = a_world(STACK)
    deployed = role_identity("anna", invokedBy="cloudformation.amazonaws.com")
    world.happened("TagRole", **{**CONSOLE, "actor": deployed})

    assert world.look(ADMIN, STACK) == []


def test_a_role_that_belongs_to_nothing_is_nobodys_drift():
    world = a_world(DEPLOY)
    world.happened("TagRole", **CONSOLE)

    assert world.look(ADMIN, DEPLOY) == []


def test_a_role_that_was_not_named_is_left_out():
    world = a_world(STATE)
    world.happened("TagRole", **{**CONSOLE, "request": {"roleName": "other"}})

    assert world.look(ADMIN, STATE) == []


def test_tells_that_what_code_describes_was_deleted():
    world = a_world(STATE)
    world.happened("DeleteRole", **CONSOLE)

    [finding] = world.look(ADMIN)

    assert finding.rule == RULE
    assert "(DeleteRole, 2026-11-23 11:59 UTC)" in finding.summary


def test_stands_beside_what_the_change_granted():
    world = a_world(DEPLOY)
    world.happened("AttachRolePolicy", **CONSOLE)

    found = world.look(ADMIN, replace(STATE, policies=ADMIN.policies))

    assert {each.rule for each in found} == {RULE, "permissions-granted"}


def test_an_exception_silences_it():
    world = a_world(STATE)
    exception = an_exception(rule=RULE, resource=DEPLOY.arn)
    world.exceptions.save(exception)
    world.happened("TagRole", **CONSOLE)

    [finding] = world.look(ADMIN, STATE)

    assert finding.status is Status.SUPPRESSED
