import pytest

from rolecall.policy import action_index
from rolecall.policy.sensitive import CLASSES, heaviest, negligible, sensitive_bits, weight_of

each_class = pytest.mark.parametrize("sensitive", CLASSES, ids=lambda each: each.id)


@each_class
def test_every_action_is_in_the_action_index_as_it_is_written_there(sensitive):
    index = action_index()

    assert sensitive.actions
    assert list(index.names_of(sensitive_bits(sensitive.id))) == list(sensitive.actions)


@each_class
def test_every_class_has_sources_and_a_weight(sensitive):
    assert 1 <= sensitive.weight <= 10
    assert len(sensitive.sources) > 1
    assert all(source.startswith("https://") for source in sensitive.sources)


@each_class
def test_no_action_only_lists_what_there_is(sensitive):
    listing = action_index().by_level["List"]
    of_data = {"data-access", "decryption"}

    assert sensitive.id in of_data or not sensitive_bits(sensitive.id) & listing


def test_no_action_is_of_two_classes():
    everything = [action for each in CLASSES for action in each.actions]

    assert len(everything) == len(set(everything))


def test_the_heaviest_class_comes_first():
    assert CLASSES[0].id == "privilege-escalation"
    assert [each.weight for each in CLASSES] == sorted((e.weight for e in CLASSES), reverse=True)


@each_class
def test_exceptions_are_of_the_class_weigh_otherwise_and_say_why(sensitive):
    excepted = [action for each in sensitive.exceptions for action in each.actions]

    assert set(excepted) <= set(sensitive.actions)
    assert len(excepted) == len(set(excepted))
    assert all(each.weight != sensitive.weight and each.because for each in sensitive.exceptions)
    assert all(1 <= each.weight <= 10 for each in sensitive.exceptions)


@pytest.mark.parametrize(
    ("action", "weight"),
    [
        ("iam:PassRole", 10),
        ("cloudtrail:StopLogging", 8),
        ("iam:CreateAccessKey", 8),
        ("kms:ScheduleKeyDeletion", 9),
        ("cloudwatch:DeleteAlarms", 3),
        ("ssm:GetParameter", 4),
        ("eks:AssociateAccessPolicy", 8),
        ("ds:ResetUserPassword", 8),
        ("sso-directory:UpdatePassword", 8),
        ("cognito-idp:AdminSetUserPassword", 6),
        ("rolesanywhere:CreateTrustAnchor", 6),
        ("s3:PutReplicationConfiguration", 6),
        ("access-analyzer:CreateArchiveRule", 6),
        ("s3:DeleteBucketPolicy", 4),
        ("ecr:GetAuthorizationToken", 0),
        ("s3:ListBucket", 0),
    ],
)
def test_an_action_weighs_what_its_class_does_or_what_its_exception_says(action, weight):
    assert weight_of(action) == weight


def test_actions_weigh_what_the_heaviest_of_them_does():
    index = action_index()

    assert heaviest(index.expand_all(["cloudwatch:*", "kms:*"])) == 9
    assert heaviest(index.expand("s3:ListBucket")) == 0


def test_what_lengthens_the_life_of_logs_is_negligible():
    assert negligible() & action_index().expand("logs:DeleteRetentionPolicy")
    assert not negligible() & action_index().expand("logs:DeleteLogGroup")
