import pytest

from rolecall.model.credentials import NEVER_USED, Credentials, Password
from rolecall.model.migration import Way
from rolecall.model.organization import People, Person
from rolecall.model.other_credentials import ServiceSpecificCredential
from rolecall.model.severity import Severity
from rolecall.services.migrate import migrate
from tests.builders import ACCOUNT, KEY_ID, access_key, account, days_ago, held, password, user

READER = (held("s3:GetObject"),)
IN_USE = access_key(days_old=100, used=1)
API_KEY = ServiceSpecificCredential(
    service="bedrock.amazonaws.com",
    name="BedrockAPIKey-abcd",
    id="ACCAEXAMPLE1EXAMPLE",
    is_active=True,
    created_at=days_ago(10),
)


def migration_of(name="backup", *, people=None, **fields):
    given = {"keys": [IN_USE], "policies": READER, "days_old": 400, **fields}
    [found] = migrate([account(user(name, **given), people=people)])
    return found


def test_a_console_user_goes_to_identity_center():
    found = migration_of("alice", keys=[], password=password(used=1, days_old=100), mfa=True)

    assert found.way is Way.IDENTITY_CENTER
    assert found.because == "it has a console password"
    assert found.is_person
    assert f"--target-id {ACCOUNT}" in found.commands[0]
    assert found.commands[-1] == "aws iam delete-login-profile --user-name alice"


def test_a_person_with_keys_alone_is_known_by_address_or_name():
    people = People((Person(user_name="alice"),), source="Identity Center")

    assert migration_of("bob@example.com").way is Way.IDENTITY_CENTER
    assert migration_of("alice", people=people).because == (
        "it bears the name of a person in Identity Center"
    )


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("github-deploy", Way.OIDC),
        ("svc_terraform-cloud_prod", Way.OIDC),
        ("ec2-agent", Way.COMPUTE_ROLE),
        ("nas", Way.ROLES_ANYWHERE),
        ("mygithubber", Way.UNKNOWN),
        ("dynasty", Way.UNKNOWN),
    ],
)
def test_a_program_goes_where_its_name_says_that_it_runs(name, way):
    assert migration_of(name).way is way


def test_reads_tags_and_paths_as_well_as_names():
    tagged = migration_of("deploy", tags={"runner": "GitLab"})
    placed = migration_of("deploy", arn=f"arn:aws:iam::{ACCOUNT}:user/circleci/deploy")

    assert tagged.way is Way.OIDC
    assert "--url https://gitlab.com" in tagged.commands[0]
    assert placed.way is Way.OIDC


def test_a_program_held_to_a_vpc_runs_inside_of_aws():
    condition = {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}

    found = migration_of(policies=(held("s3:GetObject", Condition=condition),))

    assert found.way is Way.COMPUTE_ROLE


def test_admits_that_nothing_tells_where_a_program_runs():
    found = migration_of("backup")

    assert found.way is Way.UNKNOWN
    assert f"rolecall keys prove {KEY_ID}" in found.commands


def test_what_nobody_uses_needs_no_successor():
    found = migration_of("alice", keys=[access_key(days_old=300, used=91)])

    assert found.way is Way.NOTHING
    assert found.because == "it was last used on 2026-08-24"
    assert found.urgency is Severity.LOW
    assert migration_of("alice", keys=[access_key(days_old=300, used=90)]).way is not Way.NOTHING


def test_a_new_key_that_waits_for_its_first_use_is_not_called_unused():
    assert migration_of("backup", keys=[access_key(days_old=5)]).way is Way.UNKNOWN


def test_a_program_with_a_password_that_it_never_used_is_no_person():
    never = Password(last_use=NEVER_USED, changed_at=days_ago(100))

    found = migration_of("github", password=never)

    assert found.way is Way.OIDC
    assert not found.is_person


def test_a_user_made_for_bedrock_gets_short_term_keys():
    found = migration_of("BedrockAPIKey-abcd", keys=[], service_specific_credentials=(API_KEY,))

    assert found.way is Way.SHORT_TERM_KEYS
    assert found.has == ("bedrock credential ACCAEXAMPLE1EXAMPLE",)
    assert found.commands[-2].endswith("ACCAEXAMPLE1EXAMPLE --status Inactive")


def test_ranks_by_what_is_at_stake():
    calm = user("calm@example.com", keys=[IN_USE], policies=READER)
    program = user("program", keys=[IN_USE], policies=READER)
    elder = user("elder@example.com", keys=[access_key(days_old=200, used=1)], policies=READER)
    admin = user("admin@example.com", password=password(used=1), policies=(held("*"),))

    found = migrate([account(calm, program), account(admin, elder)])

    assert [each.user.name.partition("@")[0] for each in found] == [
        "admin",
        "elder",
        "calm",
        "program",
    ]
    assert found[0].urgency is Severity.CRITICAL
    assert found[0].urgent_because == (
        "user admin@example.com is an administrator",
        "its password opens the console without MFA",
    )


def test_an_old_key_and_an_owner_who_left_are_urgent():
    people = People((Person(user_name="bob", is_active=False),))
    old = access_key(days_old=366, used=1)

    found = migration_of("ci", keys=[old], tags={"owner": "bob"}, people=people)

    assert found.urgency is Severity.CRITICAL
    assert found.urgent_because == (
        "its access key dates from 2025-11-22",
        "its owner bob has left",
    )


def test_leaves_out_whoever_has_nothing_and_whoever_was_not_read():
    nothing = user("nothing", keys=[access_key(active=False)])
    unread = user("unread", credentials=None)

    assert not migrate([account(nothing, unread, root=user("root", credentials=Credentials()))])


def test_leaves_programs_out_where_only_people_are_asked_for():
    program, person = user("program", keys=[IN_USE]), user("alice@example.com", keys=[IN_USE])

    [found] = migrate([account(program, person)], people_only=True)

    assert found.user is person
