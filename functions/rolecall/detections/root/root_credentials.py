"""Who gets at the root user: its address, its password, its sessions."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_MEMBER = About("AwsAccount", "arn:aws:iam::{accountId}:root")

ROWS = (
    Row(
        id="root-email-changed",
        title="The root user's e-mail address was changed",
        severity=Severity.CRITICAL,
        refused=Severity.HIGH,
        source="account.amazonaws.com",
        calls={
            "StartPrimaryEmailUpdate": "asked for another root e-mail address: {primaryEmail}",
            "AcceptPrimaryEmailUpdate": "set another root e-mail address: {primaryEmail}",
        },
        elsewhere={"signin.amazonaws.com": {"EmailUpdated": "changed the root e-mail address"}},
        about=_MEMBER,
        why=(
            "Whoever reads the mail of this address can have the root password sent to it: the"
            " account belongs to them."
        ),
        remediation=(
            "Ask who looks after the account, by telephone. If nobody planned it: set the old"
            " address again from the management account, change the root password, and look at"
            " what the actor did."
        ),
        references=(
            "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-root-user-email.html",
        ),
        attack=("T1098",),
        false_positives=("A domain that moves, or an account that is handed over.",),
    ),
    Row(
        id="root-password-changed",
        title="The root user's password was asked for or changed",
        severity=Severity.HIGH,
        refused=Severity.MEDIUM,
        source="signin.amazonaws.com",
        calls={
            "PasswordRecoveryRequested": "asked for a new root password by mail",
            "PasswordRecoveryCompleted": "set a new root password with the link in the mail",
            "PasswordUpdated": "changed the root password",
        },
        cases=(Case(severity=Severity.CRITICAL, calls=("PasswordRecoveryCompleted",)),),
        why=(
            "Only the root user has its password reset by mail. Who completes it reads the"
            " account's mail, and has what no policy can limit."
        ),
        remediation=(
            "Ask who looks after the account. If nobody knows of it: secure the mailbox first,"
            " then set the password anew, check MFA and access keys of the root user, and look at"
            " what came from this address. In an organization, take root credentials of members"
            " away altogether."
        ),
        references=(
            f"{_GUIDE}/reset-root-password.html",
            f"{_GUIDE}/id_root-enable-root-access.html",
        ),
        attack=("T1098", "T1078.004"),
        false_positives=("A root password that was lost, or is changed by a plan.",),
    ),
    Row(
        id="root-session-opened",
        title="A session as the root user of a member account was opened",
        severity=Severity.HIGH,
        refused=Severity.MEDIUM,
        source="sts.amazonaws.com",
        calls={
            "AssumeRoot": "became the root user of {targetPrincipal} with {taskPolicyArn.arn}",
        },
        why=(
            "With centralized root access the management account reaches into every member, past"
            " its policies: it can remove a bucket's or a queue's policy, and give the root user"
            " a password again."
        ),
        remediation=(
            "Ask the actor which task it was for; a session is good for one. If nobody can say:"
            " end the actor's access to the management account, and look at what happened in the"
            " member account in the minutes after."
        ),
        references=(f"{_GUIDE}/id_root-user-privileged-task.html",),
        attack=("T1548.005", "T1078.004"),
        false_positives=("Taking root credentials away from members, which is as it should be.",),
    ),
    Row(
        id="root-access-management-changed",
        title="Centralized root access was switched on or off",
        severity=Severity.HIGH,
        refused=Severity.MEDIUM,
        source="iam.amazonaws.com",
        calls={
            "EnableOrganizationsRootSessions": "let the management account act as root of members",
            "EnableOrganizationsRootCredentialsManagement": (
                "let the management account manage the root credentials of members"
            ),
            "DisableOrganizationsRootSessions": (
                "took from the management account that it can act as root of members"
            ),
            "DisableOrganizationsRootCredentialsManagement": (
                "took from the management account that it manages root credentials of members"
            ),
        },
        why=(
            "It is the right way to have no root credentials in members. It is also a way into"
            " all of them at once; and without it, root passwords come back."
        ),
        remediation=(
            "Ask who runs the organization. If it was planned: see who may call sts:AssumeRoot."
            " If not: put it back, and look at what the actor did."
        ),
        references=(f"{_GUIDE}/id_root-enable-root-access.html",),
        attack=("T1098", "T1548.005"),
        false_positives=("Whoever sets the organization up, once.",),
    ),
)
