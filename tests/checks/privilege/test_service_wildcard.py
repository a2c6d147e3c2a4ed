from rolecall.checks.privilege.service_wildcard import service_wildcard
from rolecall.model.principals import PolicyKind
from tests.builders import account, held, user


def evidence_for(*policies, **fields):
    return service_wildcard.judge(account(user("alice", policies=policies, **fields)), {})


ARN = "arn:aws:iam::111122223333:policy/storage"


def storage(*args, **fields):
    return held(*args, kind=PolicyKind.CUSTOMER_MANAGED, name="storage", arn=ARN, **fields)


def test_flags_a_policy_once_however_many_hold_it():
    holders = [user(name, policies=(storage("s3:*"),)) for name in ("ann", "bob")]

    [evidence] = service_wildcard.judge(account(*holders), {})

    assert evidence.summary == "customer managed policy storage allows s3:*"
    assert (evidence.resource.type, evidence.resource.arn) == ("AwsIamPolicy", ARN)
    assert evidence.data["holder_count"] == 2


def test_flags_inline_policies_of_their_holder():
    [evidence] = evidence_for(held(["sqs:*", "sns:*"], name="messages"))

    assert evidence.summary == "inline policy messages allows sns:*, sqs:*"
    assert evidence.principal == "arn:aws:iam::111122223333:user/alice"


def test_accepts_a_service_on_named_resources_and_parts_of_a_service():
    assert not evidence_for(held("s3:*", "arn:aws:s3:::reports"), held("s3:Get*"))


def test_is_silent_on_a_service_that_aws_does_not_have():
    assert not evidence_for(held("nosuch:*"))


def test_flags_a_lone_star_wherever_it_stands():
    [evidence] = evidence_for(held("*", "arn:aws:s3:::reports/*"))

    assert evidence.data["services"] == ["*"]


def test_accepts_what_only_aws_can_rewrite():
    arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"

    assert not evidence_for(held("s3:*", kind=PolicyKind.AWS_MANAGED, arn=arn))


def test_says_what_is_blocked():
    [evidence] = evidence_for(held("sqs:*"), held("sqs:*", name="none", effect="Deny"))

    assert evidence.verdict == "blocked"
