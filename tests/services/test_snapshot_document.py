import json

from rolecall.model.account import Gap
from rolecall.model.completeness import NOT_ASKED, Completeness, Part, State
from rolecall.model.organization import (
    DelegatedAdministrator,
    MemberAccount,
    Organization,
    OrganizationPolicy,
    People,
    Person,
    PolicyType,
)
from rolecall.services.assemble import assemble
from rolecall.services.snapshot_document import parse_snapshot, snapshot_document
from tests.adapters.iam_answers import (
    attached,
    encoded,
    inline,
    key_1,
    page,
    policy_detail,
    raw,
    report,
    report_row,
    role_detail,
    user_detail,
)
from tests.builders import ACCOUNT, HUB, KEY_ID, NOW, days_ago, document

DENIED = Completeness(State.DENIED, "AccessDenied: no", "iam:ListSSHPublicKeys")
ORGANIZATION = Organization(
    "o-exampleorgid",
    frozenset({ACCOUNT, HUB}),
    management_account_id=HUB,
    accounts={
        ACCOUNT: MemberAccount(
            id=ACCOUNT,
            name="production",
            ou_path="/Workloads",
            joined_at=NOW,
            parents=("r-1", "ou-1"),
        ),
        "777788889999": MemberAccount(id="777788889999", status="SUSPENDED"),
    },
    features=frozenset({"RootSessions"}),
    delegated_administrators=(DelegatedAdministrator(HUB, ("sso.amazonaws.com",)),),
    policies=(
        OrganizationPolicy(
            id="p-1",
            name="FullAWSAccess",
            type=PolicyType.SCP,
            content=json.dumps(document()),
            targets=("r-1",),
        ),
    ),
    policy_types=frozenset({PolicyType.SCP}),
    parts={Part.ORGANIZATION_POLICIES: Completeness(State.PRESENT, read_at=NOW)},
)


def a_raw_account(**fields):
    user = user_detail(
        UserPolicyList=[inline(text=encoded(json.dumps(document("s3:Put*"))))],
        AttachedManagedPolicies=attached("deployers"),
    )
    details = page(users=[user], roles=[role_detail()], policies=[policy_detail()])
    listed = {"AccessKeyId": KEY_ID, "Status": "Active", "CreateDate": days_ago(10)}
    given = {
        "report": report(report_row(**key_1())),
        "access_keys": {"alice": [listed]},
        "organization": ORGANIZATION,
        "people": People((Person(user_name="alice", emails=("alice@example.com",)),), "list"),
        "answers": {Part.PASSWORD_POLICY: None, Part.ACCOUNT_SUMMARY: {"Users": 1}},
        "states": {Part.SSH_KEYS: DENIED},
    }
    return raw(details, **{**given, **fields})


def through_a_file(raw_account):
    return parse_snapshot(json.loads(json.dumps(snapshot_document(raw_account))))


def test_a_snapshot_says_the_same_after_it_was_a_file():
    before = assemble(a_raw_account())

    after = assemble(through_a_file(a_raw_account()))

    assert after.parts == {**before.parts, Part.ACCESS_KEY_IDS: after.parts[Part.ACCESS_KEY_IDS]}
    for name in ("id", "taken_at", "root", "gaps", "organization", "summary", "password_policy"):
        assert getattr(after, name) == getattr(before, name)
    assert after.people.people == before.people.people
    assert [user.credentials for user in after.users] == [u.credentials for u in before.users]
    assert [
        (held.name, held.policy.statements) for user in after.users for held in user.policies
    ] == [(held.name, held.policy.statements) for user in before.users for held in user.policies]
    assert [role.trust.statements for role in after.roles] == [
        role.trust.statements for role in before.roles
    ]


def test_documents_are_written_as_people_read_them():
    written = snapshot_document(a_raw_account())

    [user] = written["authorization_details"]["UserDetailList"]
    [held] = user["UserPolicyList"]
    assert held["PolicyDocument"] == document("s3:Put*")


def test_a_document_that_is_no_json_is_kept_for_whoever_reads_it():
    broken = page(users=[user_detail(UserPolicyList=[inline(text="{")])])

    account = assemble(through_a_file(a_raw_account(details=[broken])))

    assert [gap.part for gap in account.gaps if "inline" in gap.part] == [
        "inline policy inline of user alice"
    ]


def test_a_part_that_did_not_come_is_told_and_not_left_out():
    gap = Gap(Part.AUTHORIZATION_DETAILS, "iam:GetAccountAuthorizationDetails", "AccessDenied: no")

    account = assemble(through_a_file(a_raw_account(details=gap)))

    assert account.completeness(Part.AUTHORIZATION_DETAILS).state is State.DENIED
    assert gap in account.gaps


def test_members_that_nobody_knows_yet_are_kept():
    document = {**snapshot_document(a_raw_account()), "of_the_future": [1]}

    assert snapshot_document(parse_snapshot(document))["of_the_future"] == [1]


def test_parts_that_nobody_knows_yet_are_passed_over():
    document = snapshot_document(a_raw_account())
    document["completeness"]["of-the-future"] = {"state": "denied"}

    assert assemble(parse_snapshot(document)).completeness(Part.SSH_KEYS) == DENIED


def test_a_part_that_is_not_in_the_file_was_not_asked_for():
    account = assemble(through_a_file(a_raw_account()))

    assert account.completeness(Part.CONTACTS) == NOT_ASKED
    assert account.lacks(Part.CONTACTS)
    assert not [gap for gap in account.gaps if gap.part == Part.CONTACTS]


def test_what_the_organization_would_not_tell_is_a_gap_of_the_management_account_alone():
    denied = {Part.ORGANIZATION_FEATURES: DENIED}
    organization = Organization(
        "o-exampleorgid", frozenset({ACCOUNT, HUB}), management_account_id=HUB, parts=denied
    )

    member, management = (
        assemble(a_raw_account(id=id_, organization=organization, states={}))
        for id_ in (ACCOUNT, HUB)
    )

    assert member.lacks(Part.ORGANIZATION_FEATURES)
    assert not member.gaps
    assert [gap.part for gap in management.gaps] == [Part.ORGANIZATION_FEATURES]
