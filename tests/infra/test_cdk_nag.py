"""cdk-nag's AwsSolutions pack finds nothing but what is accepted here, with the reason."""

import json

import aws_cdk as cdk
import pytest
from cdk_nag import AwsSolutionsChecks

from tests.infra.synthesis import example_configuration, new_app

FUNCTIONS = (
    "Audits/Functions/check-key-rotation",
    "Audits/Functions/check-over-privilege",
    "Audits/Functions/check-user-age",
    "Audits/Functions/list-accounts",
    "Audits/Functions/write-coverage",
    "EventIntake/detect-event",
    "Notifications/notify",
    "PermissionChanges/weigh-changes",
)
RUNTIME = "Pinned dependencies are tested for Python 3.13, which Lambda goes on supporting"
ANY_ACCOUNT = "One role name in every account: members come and go, and each decides whom it trusts"
ANY_EXECUTION = (
    "arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:rolecall-audit:*"
)
_OF_ORGANIZATIONS = "arn:<AWS::Partition>:organizations::<AWS::AccountId>"
READ = {
    "*": "IAM, the organization and Identity Center are read as a whole",
    "arn:<AWS::Partition>:iam::<AWS::AccountId>:user/*": "Users come and go",
    f"{_OF_ORGANIZATIONS}:root/*": "The root's id is known to the organization alone",
    f"{_OF_ORGANIZATIONS}:ou/*": "Units come and go",
    f"{_OF_ORGANIZATIONS}:account/*": "Accounts come and go",
    f"{_OF_ORGANIZATIONS}:policy/*": "Policies come and go",
    "arn:<AWS::Partition>:organizations::aws:policy/*": "AWS's own policies come and go",
    "arn:<AWS::Partition>:identitystore::<AWS::AccountId>:identitystore/*": (
        "The id of the identity store is known to Identity Center alone"
    ),
    "arn:<AWS::Partition>:identitystore:::user/*": "People come and go",
}
"""What the reader reads without knowing its name beforehand."""
ACCEPTED = {
    **{("AwsSolutions-L1", f"RolecallHub/{each}"): RUNTIME for each in FUNCTIONS},
    **{
        (
            "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iam::*:role/rolecall-reader]",
            f"RolecallHub/{function}-role",
        ): ANY_ACCOUNT
        for function in FUNCTIONS
        if "/check-" in function or "/weigh-" in function
    },
    **{
        (f"AwsSolutions-IAM5[Resource::{resource}]", f"{stack}/Reader"): reason
        for resource, reason in READ.items()
        for stack in (
            "RolecallManagement",
            "RolecallManagement-eu-central-1",
            "RolecallManagement-us-west-2",
        )
    },
    (
        "AwsSolutions-IAM5[Resource::*]",
        "RolecallHub/Audits/Functions/list-accounts-role",
    ): "Listing the organization's accounts knows no resources",
    (
        "AwsSolutions-IAM5[Resource::*]",
        "RolecallHub/Notifications/notify-role",
    ): "Listing streams, which Lambda does when it polls one, knows no resources",
    (
        "AwsSolutions-IAM5[Resource::*]",
        "RolecallHub/Audits/Role",
    ): "Deliveries of logs know no resources",
    (
        f"AwsSolutions-IAM5[Resource::{ANY_EXECUTION}]",
        "RolecallHub/Audits/Role",
    ): "Executions of the one machine, whose names nobody knows beforehand",
    (
        "AwsSolutions-SF1",
        "RolecallHub/Audits/StateMachine",
    ): "Children are executions of their own: logging all events of all accounts costs more than"
    " everything else, and the functions' logs say what happened",
    (
        "AwsSolutions-SF2",
        "RolecallHub/Audits/StateMachine",
    ): "A nightly batch has no latency to trace, and X-Ray wants permissions on everything",
    (
        "AwsSolutions-SQS3",
        "RolecallHub/Audits/DeadLetters",
    ): "Is a dead-letter queue: of the schedules",
    (
        "AwsSolutions-SQS3",
        "RolecallHub/Notifications/DeadLetters",
    ): "Is a dead-letter queue: of the stream's event source mapping",
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nag")
    app = new_app(folder, example_configuration())
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    # The plugin fails the synth for what is accepted below, too.
    with pytest.raises(RuntimeError, match="ValidationFailed"):
        app.synth()
    report = json.loads((folder / "validation-report.json").read_text())
    return {
        (violation["ruleName"], construct["constructPath"].removesuffix("/Resource"))
        for plugin in report["pluginReports"]
        for violation in plugin["violations"]
        for construct in violation["violatingConstructs"]
    }


def test_finds_nothing_that_is_not_accepted_for_a_reason(findings):
    assert findings - set(ACCEPTED) == set()


def test_accepts_nothing_that_is_not_there(findings):
    assert set(ACCEPTED) - findings == set()
