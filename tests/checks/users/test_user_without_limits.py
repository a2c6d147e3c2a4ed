from rolecall.checks.users.user_without_limits import user_without_limits
from rolecall.model.completeness import Part
from rolecall.model.organization import Guardrails
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import access_key, account, document, held, user

OUTSIDE = {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}}
INSIDE = {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}
READER = (held("s3:GetObject"),)


def evidence_for(*, guardrails=None, **fields):
    ci = user("ci", **{"keys": [access_key()], "policies": READER, **fields})
    return user_without_limits.judge(account(ci, guardrails=guardrails or Guardrails()), {})


def test_flags_a_key_that_works_from_anywhere():
    [evidence] = evidence_for()

    assert evidence.summary == (
        "user ci has an access key that works from any network, and no permissions boundary"
    )
    assert evidence.verdict == "granted"


def test_accepts_a_user_whose_every_right_has_a_condition():
    assert not evidence_for(policies=(held("s3:*", Condition=INSIDE),))


def test_flags_a_user_of_whose_rights_only_some_have_a_condition():
    assert evidence_for(policies=(held("s3:*", Condition=INSIDE), held("sqs:SendMessage")))


def test_accepts_a_user_who_is_denied_everything_from_outside():
    deny = held("*", effect="Deny", Condition=OUTSIDE)

    assert not evidence_for(policies=(*READER, deny))


def test_accepts_a_user_whom_the_organization_denies_everything_from_outside():
    everything = Policy.parse(document(), name="FullAWSAccess")
    fence = Policy.parse(document(effect="Deny", Condition=OUTSIDE), name="fence")

    assert not evidence_for(guardrails=Guardrails(scps=((everything, fence),)))


def test_accepts_a_user_with_a_boundary():
    assert not evidence_for(boundary=Policy.parse(document("s3:*"), name="boundary"))


def test_ignores_a_user_without_active_key_and_one_who_may_do_nothing():
    assert not evidence_for(keys=[access_key(active=False)])
    assert not evidence_for(policies=())


def test_says_nothing_of_a_user_whose_policies_or_credentials_were_not_read():
    assert not evidence_for(unread=("mine",))
    assert not evidence_for(credentials=None)


def test_an_administrator_without_limits_is_worse():
    [evidence] = evidence_for(policies=(held("*"),))

    assert evidence.severity is Severity.MEDIUM


def test_is_not_judged_where_the_organization_might_fence_the_user_in():
    assert Part.ORGANIZATION_POLICIES in user_without_limits.needs
