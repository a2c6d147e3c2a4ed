import pytest

from rolecall.policy import action_index
from rolecall.policy.sensitive import CLASSES, sensitive_bits, weight_of

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


def test_an_action_weighs_what_its_class_does():
    assert weight_of("iam:PassRole") == 10
    assert weight_of("s3:ListBucket") == 0
