from rolecall.detections.credentials.bedrock_key_user_misused import bedrock_key_user_misused
from tests.builders import event, user_identity

PHANTOM = "BedrockAPIKey-abcd"


def judged(name, **fields):
    return bedrock_key_user_misused.judge(event(name, **fields), {})


def test_a_credential_for_a_user_of_bedrock_is_told():
    [evidence] = judged("CreateAccessKey", request={"userName": PHANTOM})

    assert evidence.summary == (
        f"user mallory called CreateAccessKey for user {PHANTOM}, which is Bedrock's"
    )


def test_what_such_a_user_does_elsewhere_is_told_once_a_day():
    calls = [
        judged(name, actor=user_identity(PHANTOM), source="s3.amazonaws.com", error="AccessDenied")
        for name in ("ListBuckets", "ListBuckets", "GetObject")
    ]

    [[first], [again], [other]] = calls
    assert first.occasion == again.occasion != other.occasion
    assert "called ListBuckets of s3.amazonaws.com" in first.summary


def test_bedrock_is_what_it_is_for():
    actor = user_identity(PHANTOM)

    assert not judged("InvokeModel", actor=actor, source="bedrock.amazonaws.com")
    assert not judged("InvokeModel", actor=actor, source="bedrock-runtime.amazonaws.com")


def test_other_users_are_quiet():
    assert not judged("CreateAccessKey", request={"userName": "bob"})
    assert not judged("ListBuckets", source="s3.amazonaws.com")


def test_a_refused_credential_is_quiet():
    assert not judged("CreateAccessKey", request={"userName": PHANTOM}, error="AccessDenied")
