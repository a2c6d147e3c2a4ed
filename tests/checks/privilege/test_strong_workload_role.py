from rolecall.checks.privilege.strong_workload_role import strong_workload_role
from tests.builders import ACCOUNT, account, held, role


def evidence_of(*policies):
    return list(strong_workload_role.judge(account(roles=[role("app", policies=policies)]), {}))


def test_tells_of_rights_to_manage_permissions_on_everything():
    [evidence] = evidence_of(held(["backup:PutBackupVaultSharingPolicy", "s3:GetObject"]))

    assert evidence.data["actions"] == ["backup:PutBackupVaultSharingPolicy"]


def test_is_silent_where_they_are_limited():
    vault = f"arn:aws:backup:eu-west-1:{ACCOUNT}:backup-vault:app"

    assert evidence_of(held("backup:PutBackupVaultSharingPolicy", vault)) == []


def test_leaves_sensitive_rights_to_another_rule():
    assert evidence_of(held("s3:PutBucketPolicy")) == []


def test_leaves_administrators_to_another_rule():
    assert evidence_of(held("*")) == []
