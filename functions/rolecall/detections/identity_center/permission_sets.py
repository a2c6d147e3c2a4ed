"""Permission sets and who gets them."""

from rolecall.model.detection_row import Case, Row
from rolecall.model.severity import Severity

_SOURCE = "sso.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/singlesignon/latest/userguide"
_ADMINISTRATORS = (
    "arn:aws*:iam::aws:policy/AdministratorAccess",
    "arn:aws*:iam::aws:policy/IAMFullAccess",
)

ROWS = (
    Row(
        id="account-assignment-changed",
        title="Somebody was given an account through Identity Center",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "CreateAccountAssignment": (
                "gave {principalType} {principalId} permission set {permissionSetArn} in account"
                " {targetId}"
            ),
            "DeleteAccountAssignment": (
                "took permission set {permissionSetArn} in account {targetId} from {principalType}"
                " {principalId}"
            ),
        },
        cases=(
            Case(severity=Severity.INFORMATIONAL, calls=("DeleteAccountAssignment",)),
            # A group is looked after by whoever runs it; a single user is an exception.
            Case(severity=Severity.MEDIUM, parameter="principalType", values=("USER",)),
        ),
        why=(
            "This is how people get into accounts. An assignment to a single user, beside the"
            " groups, is what nobody takes back when the user changes jobs."
        ),
        remediation=(
            "See that somebody asked for it and that a group would not do. What it grants in the"
            " account, `permissions-granted` tells where the role is new there; of one that was"
            " there before, `rolecall principal` does."
        ),
        references=(f"{_GUIDE}/useraccess.html",),
        attack=("T1098",),
        false_positives=("Everyday administration, best by groups.",),
    ),
    Row(
        id="permission-set-policies-changed",
        title="What a permission set allows was changed",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={
            "AttachCustomerManagedPolicyReferenceToPermissionSet": (
                "added policy {customerManagedPolicyReference.name} to {permissionSetArn}"
            ),
            "AttachManagedPolicyToPermissionSet": (
                "added policy {managedPolicyArn} to {permissionSetArn}"
            ),
            "DeleteInlinePolicyFromPermissionSet": (
                "deleted the inline policy of {permissionSetArn}"
            ),
            "DetachCustomerManagedPolicyReferenceFromPermissionSet": (
                "took policy {customerManagedPolicyReference.name} from {permissionSetArn}"
            ),
            "DetachManagedPolicyFromPermissionSet": (
                "took policy {managedPolicyArn} from {permissionSetArn}"
            ),
            "PutInlinePolicyToPermissionSet": "wrote the inline policy of {permissionSetArn}",
        },
        cases=(
            Case(
                severity=Severity.HIGH,
                calls=("AttachManagedPolicyToPermissionSet",),
                parameter="managedPolicyArn",
                values=_ADMINISTRATORS,
            ),
            Case(
                severity=Severity.LOW,
                calls=("DetachManagedPolicyFromPermissionSet",),
            ),
        ),
        why=(
            "One change reaches everybody who has the permission set, in every account where it is"
            " assigned. A policy that is taken away may have been what denied."
        ),
        remediation=(
            "See who has the permission set, and where. If nobody asked for the change: undo it and"
            " provision the permission set again."
        ),
        references=(f"{_GUIDE}/permissionsetsconcept.html",),
        attack=("T1098.003",),
        false_positives=("Deployments that manage permission sets as code.",),
    ),
    Row(
        id="permission-set-boundary-changed",
        title="The permissions boundary of a permission set was changed",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "DeletePermissionsBoundaryFromPermissionSet": (
                "took the boundary from {permissionSetArn}"
            ),
            "PutPermissionsBoundaryToPermissionSet": "set the boundary of {permissionSetArn}",
        },
        cases=(Case(severity=Severity.LOW, calls=("PutPermissionsBoundaryToPermissionSet",)),),
        why="Without its boundary, all that the permission set's policies allow is allowed.",
        remediation="Put the boundary back and provision the permission set again.",
        references=(
            "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutPermissionsBoundaryToPermissionSet.html",
        ),
        attack=("T1098.003",),
        false_positives=("Deployments that manage permission sets as code.",),
    ),
    Row(
        id="permission-set-changed",
        title="A permission set was made, changed or deleted",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "CreatePermissionSet": "made permission set {name} ({sessionDuration})",
            "DeletePermissionSet": "deleted permission set {permissionSetArn}",
            "ProvisionPermissionSet": "provisioned {permissionSetArn} ({targetType})",
            "UpdatePermissionSet": "changed permission set {permissionSetArn} ({sessionDuration})",
        },
        cases=(
            Case(severity=Severity.INFORMATIONAL, calls=("ProvisionPermissionSet",)),
            # Longer than a day at work, up to the twelve hours that AWS allows.
            Case(
                severity=Severity.MEDIUM,
                parameter="sessionDuration",
                values=("PT9H*", "PT1?H*"),
            ),
        ),
        why="A permission set is a role in every account in which it is assigned.",
        remediation=(
            "See that somebody asked for it, and that its sessions end with the day's work."
        ),
        references=(f"{_GUIDE}/howtosessionduration.html",),
        attack=("T1098.003",),
        false_positives=("Deployments that manage permission sets as code.",),
    ),
)
