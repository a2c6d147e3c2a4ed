from dataclasses import replace

from rolecall.comparisons.permissions.changed_outside_code import changed_outside_code
from rolecall.model.kept_change import kept_change
from rolecall.model.permission_change import PermissionChange
from rolecall.model.rights_change import RightsChange
from rolecall.services.describe_principal import describe
from tests.builders import NOW, account, event
from tests.rights import ADMIN, DEPLOY

RECORD = replace(describe(account(roles=[DEPLOY, ADMIN]), DEPLOY), code="CloudFormation stack ci")


def told(*calls, record=RECORD, **change):
    causes = tuple(kept_change(event(n, request={"roleName": "ci-deploy"})) for n in calls)
    touched = PermissionChange(
        account_id=RECORD.account_id,
        partition="aws",
        principals=(RightsChange(after=record, before=record, **change),),
        causes=causes,
        since=NOW,
    )
    return list(changed_outside_code.judge(touched, {}))


def test_tells_a_call_that_no_code_made():
    [evidence] = told("TagRole", "UntagRole")

    assert evidence.summary.startswith("role ci-deploy belongs to CloudFormation stack ci and was")
    assert len(evidence.data["events"]) == 2


def test_is_silent_without_a_call_and_without_code():
    assert not told()
    assert not told("TagRole", record=replace(RECORD, code=""))


def test_leaves_what_a_change_granted_to_the_rule_about_it():
    assert told("TagRole")
    assert not told("TagRole", kept_out=RECORD.trusts[:1])
