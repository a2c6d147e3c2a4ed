"""Users and groups that go, or are called otherwise."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_SOURCE = "iam.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_USER = About("AwsIamUser", "user/{userName}")
_GROUP = About("AwsIamGroup", "group/{groupName}")

ROWS = (
    Row(
        id="user-deleted",
        title="A user was deleted",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={"DeleteUser": "deleted user {userName}"},
        about=_USER,
        why=(
            "It cannot be undone: a new user of the name has other ids, and old policies do not"
            " know it. Intruders remove the users that they made, or those who could stop them."
        ),
        remediation=(
            "See whether the user left or the program went. If nobody asked for it: look at what"
            " the user did before, and at what else the actor did."
        ),
        references=(f"{_GUIDE}/id_users_remove.html",),
        attack=("T1531", "T1070"),
        false_positives=("Offboarding, and cleaning up.",),
    ),
    Row(
        id="user-renamed",
        title="A user was given another name or path",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={"UpdateUser": "gave user {userName} another name or path"},
        about=_USER,
        cases=(Case(severity=Severity.MEDIUM, parameter="newUserName"),),
        why=(
            "Keys and rights stay, the name in the logs changes: a trail breaks off, and policies"
            " that name users by pattern mean another one."
        ),
        remediation=(
            "Ask the actor why; hardly anybody renames a user. If nobody can say: name it back, and"
            " look at what was done under both names."
        ),
        references=(f"{_GUIDE}/id_users_rename.html",),
        attack=("T1036", "T1098"),
        false_positives=("A person whose name changed; a path that is brought in order.",),
    ),
    Row(
        id="user-tags-changed",
        title="The tags of a user were changed",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "TagUser": "tagged user {userName}: {tags.key}",
            "UntagUser": "took tags from user {userName}: {tagKeys}",
        },
        about=_USER,
        is_everyday=True,
        why=(
            "Policies may decide by tags, and so do owners and exceptions of this monitor: a tag"
            " can be a right."
        ),
        remediation=(
            "See whether a policy asks for aws:PrincipalTag of these keys, and whether the owner"
            " is still right. If nobody planned it: set the tags back."
        ),
        references=(f"{_GUIDE}/introduction_attribute-based-access-control.html",),
        attack=("T1098",),
        false_positives=("Deployments that tag what they make.",),
    ),
    Row(
        id="group-changed",
        title="A group was made, renamed or deleted",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "CreateGroup": "made group {groupName}",
            "UpdateGroup": "renamed group {groupName} or changed its path",
            "DeleteGroup": "deleted group {groupName}",
        },
        about=_GROUP,
        why=(
            "A group is rights that wait for somebody. One that goes takes its Deny statements"
            " along with its rights."
        ),
        remediation=(
            "See with `rolecall principals` who got or lost rights by it. If nobody planned it:"
            " look at the group's policies and at what else the actor did."
        ),
        references=(f"{_GUIDE}/id_groups_manage.html",),
        attack=("T1098", "T1531"),
        false_positives=("Administrators and deployments that order their users in groups.",),
    ),
)
