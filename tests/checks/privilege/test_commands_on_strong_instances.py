from rolecall.checks.privilege.commands_on_strong_instances import commands_on_strong_instances
from rolecall.model.severity import Severity
from tests.builders import account, held, role, trust_of, user

EC2 = trust_of({"Service": "ec2.amazonaws.com"})
SENDER = user("alice", policies=(held("ssm:SendCommand"),))


def evidence_of(*users, **fields):
    return list(commands_on_strong_instances.judge(account(*users, **fields), {}))


def test_tells_who_runs_commands_as_an_administrator():
    [evidence] = evidence_of(SENDER, roles=[role(trust=EC2, policies=(held("*"),))])

    assert evidence.principal == SENDER.arn
    assert evidence.severity is Severity.MEDIUM
    assert evidence.data["depends_on"] == ["a managed instance with the role"]


def test_is_silent_where_instances_lead_nowhere():
    assert evidence_of(SENDER, roles=[role(trust=EC2, policies=(held("logs:*"),))]) == []


def test_is_silent_where_the_right_is_about_something_else():
    sender = user("alice", policies=(held("ssm:SendCommand", "arn:aws:s3:::bucket"),))

    assert evidence_of(sender, roles=[role(trust=EC2, policies=(held("*"),))]) == []
