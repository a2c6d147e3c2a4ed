"""Passwords of users, and what is asked of them."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_SOURCE = "iam.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_STRATUS = "https://stratus-red-team.cloud/attack-techniques/AWS"
_USER = About("AwsIamUser", "user/{userName}")

ROWS = (
    Row(
        id="console-password-given",
        title="A user got a console password",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={"CreateLoginProfile": "gave user {userName} a password for the console"},
        about=_USER,
        cases=(
            # A password that need not be changed is known to whoever set it, for good.
            Case(severity=Severity.HIGH, parameter="passwordResetRequired", values=("false",)),
        ),
        why=(
            "A user made for a program has no password. One that gets it is a way into the console"
            " that outlives the key it was made with."
        ),
        remediation=(
            "Ask the actor who is to sign in, and why not through the identity provider. If nobody"
            " can say: delete the login profile, and see whether the user signed in already."
        ),
        references=(
            f"{_STRATUS}/aws.persistence.iam-create-user-login-profile/",
            f"{_GUIDE}/id_credentials_passwords_admin-change-user.html",
        ),
        attack=("T1098.001", "T1078.004"),
        false_positives=("Welcoming a colleague, where people still are IAM users.",),
    ),
    Row(
        id="console-password-replaced",
        title="The console password of a user was replaced",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={"UpdateLoginProfile": "set the console password of user {userName}"},
        about=_USER,
        why=(
            "Whoever sets the password of another user can sign in as that user. People change"
            " their own password with another call."
        ),
        remediation=(
            "Ask the user, by another way than mail, whether the password was lost. If not: delete"
            " the login profile, disable the actor's credentials, and look at what both did since."
        ),
        references=(
            f"{_STRATUS}/aws.privilege-escalation.iam-update-user-login-profile/",
            f"{_GUIDE}/id_credentials_passwords_admin-change-user.html",
        ),
        attack=("T1098", "T1078.004"),
        false_positives=("The help desk, after a forgotten password.",),
    ),
    Row(
        id="console-password-removed",
        title="The console password of a user was removed",
        severity=Severity.INFORMATIONAL,
        refused=None,
        source=_SOURCE,
        calls={"DeleteLoginProfile": "removed the console password of user {userName}"},
        about=_USER,
        why=(
            "It is what one wants, and it locks people out: an intruder does it to whoever could"
            " get in the way."
        ),
        remediation=(
            "Nothing, as a rule. Where the user still works here and did not ask for it: find out"
            " what else the actor did around this time."
        ),
        references=(f"{_GUIDE}/id_credentials_passwords_admin-change-user.html",),
        attack=("T1531",),
        false_positives=("Everybody who cleans up.",),
    ),
    Row(
        id="password-changed",
        title="A user changed its own password",
        severity=Severity.INFORMATIONAL,
        refused=None,
        source=_SOURCE,
        calls={"ChangePassword": "changed its own password"},
        why=(
            "Routine, and kept so that the day is known on which somebody else may have begun to"
            " use the user."
        ),
        remediation="Nothing, unless the user says that it was somebody else.",
        references=(f"{_GUIDE}/id_credentials_passwords_user-change-own.html",),
        attack=("T1098",),
        false_positives=("Everybody with a password.",),
    ),
    Row(
        id="password-policy-changed",
        title="The account's password policy was changed",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "UpdateAccountPasswordPolicy": (
                "set the password policy: at least {minimumPasswordLength} characters"
            ),
            "DeleteAccountPasswordPolicy": "deleted the account's password policy",
        },
        cases=(
            Case(severity=Severity.MEDIUM, calls=("DeleteAccountPasswordPolicy",)),
            Case(
                severity=Severity.MEDIUM,
                parameter="minimumPasswordLength",
                values=("?", "10", "11", "12", "13"),
            ),
        ),
        why=(
            "Without a policy AWS asks for eight characters and never for another password."
            " Shorter than 14 characters is below what CIS asks for."
        ),
        remediation=(
            "Compare it with what you ask of people: the check weak-password-policy tells what is"
            " missing, with the command that sets it. If nobody planned the change: set it back."
        ),
        references=(f"{_GUIDE}/id_credentials_passwords_account-policy.html",),
        attack=("T1556",),
        false_positives=("Setting the account up; a baseline that is rolled out.",),
    ),
)
