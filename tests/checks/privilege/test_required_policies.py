from rolecall.checks.privilege.required_policies import required_policies
from tests.builders import account, held, role, user


def evidence_for(*principals, policies=("session-logging",)):
    users = [each for each in principals if hasattr(each, "groups")]
    roles = [each for each in principals if not hasattr(each, "groups")]
    return required_policies.judge(account(*users, roles=roles), {"policies": policies})


def test_flags_whoever_lacks_the_policy():
    [evidence] = evidence_for(role("app", policies=[held(name="other")]))

    assert evidence.summary == "role app lacks the required session-logging"
    assert evidence.commands == (
        "aws iam attach-role-policy --role-name app --policy-arn POLICY_ARN",
    )


def test_accepts_whoever_holds_it_by_name_arn_or_pattern():
    arn = "arn:aws:iam::111122223333:policy/session-logging"

    assert not evidence_for(user(policies=(held(name="session-logging"),)))
    assert not evidence_for(user(policies=(held(name="x", arn=arn),)), policies=("*/session-*",))


def test_requires_nothing_by_itself():
    assert not evidence_for(user(), policies=())
