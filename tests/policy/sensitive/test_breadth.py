import pytest

from rolecall.policy import ActionSet, Policy, PolicySet, granted
from rolecall.policy.sensitive.breadth import breadth_of, limits_of

ACCOUNT = "111122223333"


def policy(action, resource="*", effect="Allow", **more):
    statement = {"Effect": effect, "Action": action, "Resource": resource, **more}
    return Policy.parse({"Version": "2012-10-17", "Statement": [statement]})


def has(bits, action):
    return bool(bits & ActionSet.of([action]).bits)


def test_a_condition_leaves_a_right_for_when_it_holds():
    found = breadth_of(
        policy("s3:GetObject", Condition={"Bool": {"aws:SecureTransport": "true"}}), ""
    )

    assert not has(found.everywhere, "s3:GetObject")
    assert has(found.at_most, "s3:GetObject")


@pytest.mark.parametrize(
    ("condition", "reaches_iam"),
    [
        ({"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}, False),
        ({"StringNotEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}, True),
        ({"StringEqualsIfExists": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}, True),
        ({"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": "a"}}, True),
        ({"Null": {"kms:ViaService": "true"}}, True),
        ({"ArnLike": {"ec2:SourceInstanceARN": "arn:aws:ec2:*"}}, True),
        ({"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, True),
    ],
)
def test_a_key_of_one_service_is_in_no_request_to_another(condition, reaches_iam):
    found = breadth_of(policy("*", Condition=condition), "")

    assert has(found.at_most, "iam:PutRolePolicy") is reaches_iam
    assert has(found.at_most, "kms:Decrypt")


@pytest.mark.parametrize(
    ("condition", "is_every"),
    [
        ({"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}}, False),
        ({"StringLike": {"ec2:ResourceTag/team": "blue*"}}, False),
        ({"StringEquals": {"s3:ExistingObjectTag/public": "yes"}}, False),
        ({"Null": {"aws:ResourceTag/owner": "false"}}, False),
        ({"Null": {"aws:ResourceTag/owner": "true"}}, True),
        ({"StringNotEquals": {"aws:ResourceTag/environment": "production"}}, True),
        ({"StringEquals": {"aws:PrincipalTag/team": "blue"}}, True),
    ],
)
def test_a_condition_on_tags_of_resources_picks_some(condition, is_every):
    found = breadth_of(policy("*", Condition=condition), "")

    assert has(found.at_most, "s3:GetObject") is is_every
    assert not has(found.everywhere, "s3:GetObject")


def test_all_resources_of_the_own_account_are_all():
    own = policy("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/*")

    assert has(breadth_of(own, ACCOUNT).everywhere, "iam:PassRole")
    assert not has(breadth_of(own, "444455556666").everywhere, "iam:PassRole")


def test_every_level_of_the_organization_limits():
    storage = policy("s3:*")
    limits = limits_of(PolicySet(identity=(policy("*"),), scps=((policy("*"),), (storage,))))

    assert has(limits.certain, "s3:GetObject")
    assert not has(limits.at_most, "ec2:RunInstances")


def test_a_condition_in_a_limit_leaves_the_right_for_when_it_holds():
    in_europe = policy("*", Condition={"StringEquals": {"aws:RequestedRegion": "eu-west-1"}})

    limits = limits_of(PolicySet(boundary=in_europe))

    assert not has(limits.certain, "s3:GetObject")
    assert has(limits.at_most, "s3:GetObject")


def test_policies_on_resources_count_when_they_deny_everybody():
    strangers = policy(
        "s3:*",
        effect="Deny",
        Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}},
    )

    kept = limits_of(PolicySet(rcps=((strangers,),)))
    denied = limits_of(PolicySet(rcps=((policy("s3:*", effect="Deny"),),)))

    assert has(kept.certain, "s3:GetObject")
    assert not has(denied.at_most, "s3:GetObject")


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:GetObject", "arn:aws:s3:::*"),
        ("s3:GetObject", "arn:aws:s3:::*/*"),
        ("s3:GetObject", "arn:*:s3:::*"),
        ("s3:DeleteObject", "arn:aws:s3:::*"),
        ("ec2:AuthorizeSecurityGroupIngress", "arn:aws:ec2:*:*:security-group/*"),
    ],
)
def test_all_of_the_main_type_is_everything(action, resource):
    assert has(breadth_of(policy(action, resource), ACCOUNT).everywhere, action)


@pytest.mark.parametrize(
    "resource", ["arn:aws:s3:::acme-*/*", "arn:aws:s3:*:*:accesspoint/*", "arn:aws:s3:::*/public/*"]
)
def test_a_part_of_the_objects_is_not_everything(resource):
    assert not has(breadth_of(policy("s3:GetObject", resource), ACCOUNT).everywhere, "s3:GetObject")


def test_to_deny_the_main_type_leaves_the_others():
    denied = policy("s3:GetObject", "arn:aws:s3:::*", effect="Deny")

    rights = granted(PolicySet(identity=(policy("s3:GetObject"), denied)))

    assert "s3:GetObject" in rights.on_some_resources


def test_to_deny_the_main_type_takes_the_right_to_all_of_it():
    allowed = policy("s3:GetObject", "arn:aws:s3:::*")
    denied = policy("s3:*", "arn:aws:s3:::*", effect="Deny")
    both = PolicySet(identity=(allowed, denied))

    assert not has(limits_of(both).at_most, "s3:GetObject")
    assert "s3:GetObject" not in granted(both).possible
