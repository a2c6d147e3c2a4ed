from rolecall.checks.privilege.workload_administrator import workload_administrator
from rolecall.model.severity import Severity
from tests.builders import account, held, role, trust_of


def evidence_of(*policies, service="ec2.amazonaws.com"):
    workload = role("app", trust=trust_of({"Service": service}), policies=policies)
    return list(workload_administrator.judge(account(roles=[workload]), {}))


def test_tells_of_administrators():
    [evidence] = evidence_of(held("*"))

    assert evidence.summary == (
        "role app, which ec2.amazonaws.com hands to workloads, may do everything"
    )
    assert evidence.severity is Severity.HIGH


def test_tells_of_those_that_become_one():
    [evidence] = evidence_of(held("iam:PutRolePolicy"))

    assert "can become an administrator: 1. role app writes" in evidence.summary
    assert evidence.severity is Severity.MEDIUM


def test_is_silent_about_other_workloads_and_about_other_services():
    assert evidence_of(held("s3:*")) == []
    assert evidence_of(held("*"), service="config.amazonaws.com") == []
