from rolecall.checks.users.user_of_leaver import user_of_leaver
from rolecall.model.organization import People, Person
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, held, password, user

PEOPLE = People(
    (
        Person(user_name="alice", emails=("alice@example.com",)),
        Person(user_name="bob", emails=("bob@example.com",), is_active=False),
    ),
    source="Identity Center",
)


def evidence_for(name="ci", *, owner=None, people=PEOPLE, parameters=None, **fields):
    given = {
        "tags": {"Owner": owner} if owner else {},
        "keys": [access_key()],
        "policies": (held("s3:GetObject"),),
    }
    snapshot = account(user(name, **{**given, **fields}), people=people)
    return user_of_leaver.judge(snapshot, parameters or {})


def test_flags_the_user_of_somebody_who_is_disabled():
    [evidence] = evidence_for(owner="Bob@Example.com")

    assert evidence.summary == (
        "user ci belongs to Bob@Example.com, who is disabled in Identity Center"
    )
    assert evidence.severity is Severity.HIGH


def test_flags_the_user_of_an_address_that_nobody_has():
    [evidence] = evidence_for(owner="carol@example.com")

    assert evidence.summary.endswith(
        "belongs to carol@example.com, who is missing in Identity Center"
    )
    assert evidence.severity is Severity.MEDIUM


def test_finds_the_owner_in_the_users_own_name():
    assert evidence_for("bob")
    assert evidence_for("carol@example.com")


def test_accepts_the_users_of_those_who_are_here():
    assert not evidence_for(owner="alice@example.com")
    assert not evidence_for(owner="ALICE")
    assert not evidence_for("alice")


def test_does_not_take_the_name_of_a_team_for_a_leaver():
    assert not evidence_for(owner="platform")
    assert not evidence_for()


def test_follows_the_configured_owners_of_teams():
    shared = {"shared_owners": ("team-*@example.com",)}

    assert not evidence_for(owner="team-payments@example.com", parameters=shared)


def test_says_nothing_where_nobody_told_who_works_here():
    assert not evidence_for(owner="bob@example.com", people=None)


def test_takes_every_credential_away():
    [evidence] = evidence_for(owner="bob", password=password())

    assert evidence.commands[:2] == (
        f"aws iam update-access-key --user-name ci --access-key-id {KEY_ID} --status Inactive",
        "aws iam delete-login-profile --user-name ci",
    )


def test_is_less_where_the_user_cannot_be_used():
    [evidence] = evidence_for(owner="bob", keys=[access_key(active=False)])

    assert evidence.severity is Severity.MEDIUM
    assert evidence.data["severity_because"] == ["user ci has no password and no active key"]


def test_the_user_of_an_administrator_who_left_is_critical():
    [evidence] = evidence_for(owner="bob", policies=(held("*"),))

    assert evidence.severity is Severity.CRITICAL


def test_one_owner_who_is_here_is_enough():
    assert not evidence_for(owner="carol@example.com, alice@example.com")
    assert not evidence_for(tags={"owner": "nobody@example.com", "mail": "alice@example.com"})


def test_reads_the_address_out_of_a_name_with_one():
    assert not evidence_for(owner="Alice <alice@example.com>")


def test_flags_a_leaver_beside_the_name_of_a_team():
    [evidence] = evidence_for(tags={"owner": "payments", "email": "bob@example.com"})

    assert evidence.data["owner"] == "bob@example.com"
