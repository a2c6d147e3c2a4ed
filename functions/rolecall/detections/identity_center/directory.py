"""The identity source of Identity Center, and its settings."""

from rolecall.model.detection_row import Case, Row
from rolecall.model.severity import Severity

_SOURCE = "sso.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/singlesignon/latest/userguide"

ROWS = (
    Row(
        id="identity-source-changed",
        title="Where Identity Center gets its users from was changed",
        severity=Severity.CRITICAL,
        refused=Severity.MEDIUM,
        source=_SOURCE,
        calls={
            "AssociateDirectory": "let Identity Center take users from another directory",
            "DisassociateDirectory": "took a directory from Identity Center",
        },
        elsewhere={
            "sso-directory.amazonaws.com": {
                "DisableExternalIdPConfigurationForDirectory": (
                    "stopped sign-ins through the external identity provider"
                ),
                "EnableExternalIdPConfigurationForDirectory": (
                    "let an external identity provider vouch for users"
                ),
            },
        },
        why=(
            "Whoever runs the identity source signs in as anybody, in every account of the"
            " organization."
        ),
        remediation=(
            "Ask the owner of the identity provider. If nobody planned it: put the old source back,"
            " end all sessions, and look at every sign-in since."
        ),
        references=(f"{_GUIDE}/manage-your-identity-source-change.html",),
        attack=("T1556", "T1484.002"),
        false_positives=("A planned move to another identity provider.",),
    ),
    Row(
        id="identity-center-settings-changed",
        title="How Identity Center works was changed",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "AddRegion": "added a region to Identity Center",
            "CreateInstance": "made an instance of Identity Center ({name})",
            "CreateInstanceAccessControlAttributeConfiguration": (
                "said which attributes of users policies may ask for"
            ),
            "CreateTrustedTokenIssuer": "let Identity Center trust tokens of issuer {name}",
            "DeleteInstance": "deleted instance {instanceArn}",
            "DeleteInstanceAccessControlAttributeConfiguration": (
                "stopped policies from asking for attributes of users"
            ),
            "DeleteTrustedTokenIssuer": "deleted token issuer {trustedTokenIssuerArn}",
            "RemoveRegion": "took a region from Identity Center",
            "UpdateInstance": "changed instance {instanceArn}",
            "UpdateInstanceAccessControlAttributeConfiguration": (
                "changed which attributes of users policies may ask for"
            ),
            "UpdateTrustedTokenIssuer": "changed token issuer {trustedTokenIssuerArn}",
        },
        cases=(
            Case(severity=Severity.MEDIUM, calls=("DeleteTrustedTokenIssuer", "UpdateInstance")),
        ),
        why=(
            "Attributes, issuers and instances decide who somebody is for every policy that asks."
        ),
        remediation="Ask who runs Identity Center. If nobody planned it: undo it.",
        references=(f"{_GUIDE}/attributesforaccesscontrol.html",),
        attack=("T1556",),
        false_positives=("The set-up of Identity Center.",),
    ),
    Row(
        id="identity-center-application-changed",
        title="An application may act for users of Identity Center",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={
            "CreateApplication": "made application {name}",
            "CreateApplicationAssignment": (
                "gave {principalType} {principalId} application {applicationArn}"
            ),
            "PutApplicationAccessScope": "gave application {applicationArn} scope {scope}",
            "PutApplicationAuthenticationMethod": (
                "changed how application {applicationArn} signs in"
            ),
            "PutApplicationGrant": "gave application {applicationArn} grant {grantType}",
        },
        cases=(Case(severity=Severity.INFORMATIONAL, calls=("CreateApplicationAssignment",)),),
        why="An application with the right scopes acts as its users, without their password.",
        remediation="Ask what the application is, who made it and which scopes it needs.",
        references=(f"{_GUIDE}/customermanagedapps.html",),
        attack=("T1528",),
        false_positives=("AWS applications that people sign in to through Identity Center.",),
    ),
    Row(
        id="directory-membership-changed",
        title="Somebody joined or left a group of Identity Center",
        severity=Severity.LOW,
        source="identitystore.amazonaws.com",
        calls={
            "CreateGroupMembership": "put a user into group {groupId}",
            "DeleteGroupMembership": "took membership {membershipId} away",
        },
        elsewhere={
            "sso-directory.amazonaws.com": {
                "AddMemberToGroup": "put a user into group {groupId}",
                "RemoveMemberFromGroup": "took a user from group {groupId}",
            },
        },
        cases=(
            Case(
                severity=Severity.INFORMATIONAL,
                calls=("DeleteGroupMembership", "RemoveMemberFromGroup"),
            ),
        ),
        why="A group brings every account and permission set that it is assigned.",
        remediation="See what the group is assigned, and that its owner agreed.",
        references=(f"{_GUIDE}/addgroups.html",),
        attack=("T1098",),
        false_positives=("People who join and leave, best by the identity provider alone.",),
    ),
    Row(
        id="directory-user-changed",
        title="A user of Identity Center's directory was made or changed by hand",
        severity=Severity.MEDIUM,
        source="identitystore.amazonaws.com",
        calls={
            "CreateGroup": "made group {displayName} in the directory",
            "CreateUser": "made user {userName} in the directory",
            "DeleteGroup": "deleted group {groupId} of the directory",
            "DeleteUser": "deleted user {userId} of the directory",
            "UpdateGroup": "changed group {groupId} of the directory",
            "UpdateUser": "changed user {userId} of the directory",
        },
        elsewhere={
            "sso-directory.amazonaws.com": {
                "CreateUser": "made a user in the directory",
                "DisableUser": "disabled a user of the directory",
                "EnableUser": "enabled a user of the directory",
                "UpdatePassword": "changed the password of a user of the directory",
                "UpdateUser": "changed a user of the directory",
            },
        },
        cases=(
            Case(severity=Severity.HIGH, calls=("UpdatePassword",)),
            Case(
                severity=Severity.INFORMATIONAL,
                calls=("DeleteGroup", "DeleteUser", "DisableUser"),
            ),
            Case(severity=Severity.LOW, calls=("CreateGroup", "UpdateGroup")),
        ),
        why=(
            "Where an identity provider keeps the users, one that is made here by hand is known to"
            " nobody else, and signs in to whatever it is assigned."
        ),
        remediation=(
            "Ask the owner of the directory. Delete what the identity provider does not know."
        ),
        references=(f"{_GUIDE}/manage-your-identity-source-idp.html",),
        attack=("T1136.003",),
        false_positives=("Directories whose users are kept in Identity Center itself.",),
    ),
    Row(
        id="provisioning-token-changed",
        title="A token that writes users into Identity Center was made or deleted",
        severity=Severity.HIGH,
        source="sso-directory.amazonaws.com",
        calls={
            "CreateBearerToken": "made a token with which users can be written into the directory",
            "DeleteBearerToken": "deleted a token with which users were written",
        },
        cases=(Case(severity=Severity.LOW, calls=("DeleteBearerToken",)),),
        why="Whoever has the token makes users and puts them into groups, without any key of AWS.",
        remediation=(
            "Ask who runs the identity provider. If nobody renewed the token: delete it, and"
            " compare the directory's users with the provider's."
        ),
        references=(f"{_GUIDE}/provision-automatically.html",),
        attack=("T1098.001",),
        false_positives=("The yearly renewal of the token.",),
    ),
)
