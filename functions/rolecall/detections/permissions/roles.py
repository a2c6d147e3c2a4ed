"""Roles, instance profiles and rights that are lent to partners."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_SOURCE = "iam.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_ROLE = About("AwsIamRole", "role/{roleName}")

ROWS = (
    Row(
        id="role-changed",
        title="A role was changed or deleted",
        severity=Severity.INFORMATIONAL,
        source=_SOURCE,
        calls={
            "DeleteRole": "deleted role {roleName}",
            "DeleteServiceLinkedRole": "deleted service-linked role {roleName}",
            "TagRole": "tagged role {roleName}",
            "UntagRole": "took tags from role {roleName}",
            "UpdateRole": "changed role {roleName} (sessions of {maxSessionDuration} seconds)",
            "UpdateRoleDescription": "changed the description of role {roleName}",
        },
        about=_ROLE,
        cases=(
            # Twelve hours, the most that there is: eight are a day's work.
            Case(
                severity=Severity.LOW,
                calls=("UpdateRole",),
                parameter="maxSessionDuration",
                values=("3????", "4????"),
            ),
        ),
        why=(
            "Longer sessions outlive what they were opened for, and where conditions ask for tags,"
            " who sets them sets rights."
        ),
        remediation="Nothing, where the role's owner asked for it.",
        references=(f"{_GUIDE}/id_roles_manage.html",),
        attack=("T1098",),
        false_positives=("Deployments that manage the role as code.",),
    ),
    Row(
        id="instance-profile-changed",
        title="Which role instances get was changed",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "AddRoleToInstanceProfile": (
                "put role {roleName} into instance profile {instanceProfileName}"
            ),
            "CreateInstanceProfile": "made instance profile {instanceProfileName}",
            "DeleteInstanceProfile": "deleted instance profile {instanceProfileName}",
            "RemoveRoleFromInstanceProfile": (
                "took role {roleName} from instance profile {instanceProfileName}"
            ),
        },
        elsewhere={
            "ec2.amazonaws.com": {
                "AssociateIamInstanceProfile": "gave an instance a profile",
                "ReplaceIamInstanceProfileAssociation": "gave an instance another profile",
            },
        },
        about=About("AwsIamInstanceProfile", "instance-profile/{instanceProfileName}"),
        cases=(
            Case(
                severity=Severity.MEDIUM,
                calls=("AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation"),
            ),
            Case(
                severity=Severity.INFORMATIONAL,
                calls=("DeleteInstanceProfile", "RemoveRoleFromInstanceProfile"),
            ),
        ),
        why="Whoever is on the instance acts with the role from then on.",
        remediation="See that the instance needs the role, and who can get onto it.",
        references=(f"{_GUIDE}/id_roles_use_switch-role-ec2_instance-profiles.html",),
        attack=("T1098.003", "T1078.004"),
        false_positives=("Deployments that give instances their roles.",),
    ),
    Row(
        id="delegation-request-changed",
        title="A partner asks for rights, or gets them",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={
            "AcceptDelegationRequest": "agreed to delegation request {delegationRequestId}",
            "AssociateDelegationRequest": "took over delegation request {delegationRequestId}",
            "CreateDelegationRequest": "made a delegation request",
            "RejectDelegationRequest": "refused delegation request {delegationRequestId}",
            "SendDelegationToken": "sent rights for delegation request {delegationRequestId}",
            "UpdateDelegationRequest": "changed delegation request {delegationRequestId}",
        },
        cases=(
            Case(
                severity=Severity.HIGH,
                calls=("AcceptDelegationRequest", "SendDelegationToken"),
            ),
            Case(severity=Severity.INFORMATIONAL, calls=("RejectDelegationRequest",)),
        ),
        why="With it a product of somebody else acts in the account with what it asked for.",
        remediation=(
            "Ask who uses the product, and see what it asked for. Reject what nobody knows."
        ),
        references=(f"{_GUIDE}/access_policies-temporary-delegation.html",),
        attack=("T1098",),
        false_positives=("The set-up of a partner's product.",),
    ),
)
