from rolecall.checks.privilege.decrypt_with_all_keys import decrypt_with_all_keys
from rolecall.model.severity import Severity
from tests.builders import account, held, user


def evidence_for(*policies, **fields):
    return decrypt_with_all_keys.judge(account(user("alice", policies=policies, **fields)), {})


def test_flags_decryption_with_every_key():
    [evidence] = evidence_for(held("kms:Decrypt", name="reader"))

    assert evidence.summary == "user alice may decrypt with every key through inline policy reader"
    assert evidence.severity is Severity.MEDIUM
    assert evidence.data["actions"] == ["kms:Decrypt"]


def test_accepts_named_keys():
    assert not evidence_for(held("kms:Decrypt", "arn:aws:kms:eu-west-1:111122223333:key/one"))


def test_a_condition_on_the_calling_service_lowers_it():
    by_storage = {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}

    [evidence] = evidence_for(held("kms:*", Condition=by_storage))

    assert (evidence.verdict, evidence.severity) == ("conditional", Severity.LOW)


def test_leaves_administrators_to_their_own_rule():
    assert not evidence_for(held("*"))
