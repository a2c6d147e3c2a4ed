"""Access keys that come back to life, and that go."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_SOURCE = "iam.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"
_USER = About("AwsIamUser", "user/{userName}")

ROWS = (
    Row(
        id="access-key-status-changed",
        title="An access key was activated or deactivated",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={"UpdateAccessKey": "made access key {accessKeyId} of user {userName} {status}"},
        about=_USER,
        cases=(
            Case(severity=Severity.INFORMATIONAL, parameter="status", values=("Inactive",)),
            Case(severity=Severity.HIGH, of_another=True),
        ),
        why=(
            "A key that was switched off had its reasons, such as that it leaked. To switch it on"
            " again leaves no new key to be noticed."
        ),
        remediation=(
            "Ask the actor what needs the key. If nobody can say: deactivate it again, and see with"
            " `rolecall keys prove KEY_ID` what it was used for."
        ),
        references=(_GUIDE,),
        attack=("T1098.001",),
        false_positives=("Undoing a rotation that broke something.",),
    ),
    Row(
        id="access-key-deleted",
        title="An access key was deleted",
        severity=Severity.INFORMATIONAL,
        refused=None,
        source=_SOURCE,
        calls={"DeleteAccessKey": "deleted access key {accessKeyId} of user {userName}"},
        about=_USER,
        why=(
            "It is how a rotation ends. It is also how a trace is wiped, and CloudTrail then is"
            " the only place that still tells whose key it was."
        ),
        remediation=(
            "Nothing, as a rule. Where something stopped working, or the key was made a short time"
            " before: find out what it was used for, and by whom."
        ),
        references=(_GUIDE,),
        attack=("T1070", "T1531"),
        false_positives=("Every rotation.",),
    ),
)
