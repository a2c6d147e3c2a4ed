"""Who may sign in to the console, as the account itself has it."""

from rolecall.model.detection_row import Row
from rolecall.model.severity import Severity

ROWS = (
    Row(
        id="sign-in-policy-changed",
        title="The policy for signing in to the console was changed",
        severity=Severity.HIGH,
        source="signin.amazonaws.com",
        calls={
            "PutConsoleAuthorizationConfiguration": "changed who may sign in to the console",
            "DeleteConsoleAuthorizationConfiguration": (
                "removed the limits on who may sign in to the console"
            ),
            "PutResourcePermissionStatement": "changed the policy for signing in to the console",
            "DeleteResourcePermissionStatement": (
                "took a statement from the policy for signing in to the console"
            ),
        },
        why=(
            "It decides from where and by whom the console can be reached: without it, a password"
            " from anywhere is enough again."
        ),
        remediation=(
            "Compare the policy with what you want; the change is in the event. If nobody planned"
            " it: put it back, and look at the sign-ins since."
        ),
        references=(
            "https://docs.aws.amazon.com/signin/latest/APIReference/Welcome_AWS_SignIn_Control_Plane.html",
        ),
        attack=("T1556", "T1562"),
        false_positives=("Whoever sets the limits up.",),
    ),
)
