"""Policies and permissions boundaries that are taken away, moved and tagged."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_IAM = "iam.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_GUARDS = ("*boundary*", "*deny*", "*guardrail*", "*quarantine*", "*restrict*")

ROWS = (
    Row(
        id="policy-taken-away",
        title="A policy was taken away or deleted",
        severity=Severity.INFORMATIONAL,
        source=_IAM,
        calls={
            "DetachUserPolicy": "detached policy {policyArn} from user {userName}",
            "DetachRolePolicy": "detached policy {policyArn} from role {roleName}",
            "DetachGroupPolicy": "detached policy {policyArn} from group {groupName}",
            "DeleteUserPolicy": "deleted policy {policyName} of user {userName}",
            "DeleteRolePolicy": "deleted policy {policyName} of role {roleName}",
            "DeleteGroupPolicy": "deleted policy {policyName} of group {groupName}",
            "DeletePolicy": "deleted policy {policyArn}",
            "DeletePolicyVersion": "deleted version {versionId} of policy {policyArn}",
        },
        cases=(
            # AWS puts it on users whose keys it found in public; whoever takes it off has them.
            Case(
                severity=Severity.HIGH,
                parameter="policyArn",
                values=("*:policy/AWSCompromisedKeyQuarantine*", "*:policy/AWSDenyAll"),
            ),
            Case(severity=Severity.MEDIUM, parameter="policyArn", values=_GUARDS),
            Case(severity=Severity.MEDIUM, parameter="policyName", values=_GUARDS),
        ),
        why=(
            "Who loses a policy that denies gains rights. The event does not show what was in it:"
            " names that speak of limits are told, the others are a record for when something"
            " breaks."
        ),
        remediation=(
            "Find out what the policy limited. If nobody meant to lift that: attach or write it"
            " again, and look at what its holders did since."
        ),
        references=(f"{_GUIDE}/access_policies_manage-attach-detach.html",),
        attack=("T1098.003", "T1562"),
        false_positives=("Clearing up, and deployments that replace policies.",),
    ),
    Row(
        id="permissions-boundary-removed",
        title="A permissions boundary was removed",
        severity=Severity.HIGH,
        source=_IAM,
        calls={
            "DeleteUserPermissionsBoundary": "removed the permissions boundary of user {userName}",
            "DeleteRolePermissionsBoundary": "removed the permissions boundary of role {roleName}",
        },
        why=(
            "A boundary keeps its holder from more than it was meant to have, whatever its policies"
            " say. Without it, all that they allow is allowed."
        ),
        remediation=(
            "Put the boundary on again. An SCP, or a Deny in the boundary itself, of"
            " iam:DeleteUserPermissionsBoundary and iam:DeleteRolePermissionsBoundary keeps it on."
        ),
        references=(f"{_GUIDE}/access_policies_boundaries.html",),
        attack=("T1098.003", "T1562"),
        false_positives=("A principal that is moved to another kind of limit.",),
    ),
    Row(
        id="permissions-boundary-set",
        title="A permissions boundary was set",
        severity=Severity.LOW,
        source=_IAM,
        calls={
            "PutUserPermissionsBoundary": (
                "made {permissionsBoundary} the permissions boundary of user {userName}"
            ),
            "PutRolePermissionsBoundary": (
                "made {permissionsBoundary} the permissions boundary of role {roleName}"
            ),
        },
        cases=(
            Case(
                severity=Severity.HIGH,
                parameter="permissionsBoundary",
                values=("*:iam::aws:policy/AdministratorAccess", "*:iam::aws:policy/IAMFullAccess"),
            ),
            Case(
                severity=Severity.MEDIUM,
                parameter="permissionsBoundary",
                values=("*:iam::aws:policy/*",),
            ),
        ),
        why=(
            "A boundary that allows everything limits nothing, and takes the place of one that did."
        ),
        remediation=(
            "Compare the boundary with the one that principals of this kind have. If it is wider"
            " and nobody agreed to it: set the right one again."
        ),
        references=(f"{_GUIDE}/access_policies_boundaries.html",),
        attack=("T1098.003",),
        false_positives=("Whoever rolls out boundaries.",),
    ),
    Row(
        id="policy-tags-changed",
        title="Tags of a customer managed policy were changed",
        severity=Severity.INFORMATIONAL,
        source=_IAM,
        calls={
            "TagPolicy": "tagged policy {policyArn}",
            "UntagPolicy": "took tags off policy {policyArn}",
        },
        about=About("AwsIamPolicy", "{policyArn}"),
        why=(
            "Where conditions ask for a policy's tags, or its owner is found by them, who sets tags"
            " sets rights."
        ),
        remediation=(
            "Nothing, where no condition and no process of yours asks for tags of policies. Where"
            " one does: see that the tag is the one that was agreed on."
        ),
        references=(f"{_GUIDE}/access_tags.html",),
        attack=("T1098",),
        false_positives=("Deployments, which tag all that they make.",),
    ),
)
