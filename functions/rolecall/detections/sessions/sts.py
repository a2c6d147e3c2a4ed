"""Temporary credentials, and what is asked of the service that gives them."""

from rolecall.model.detection_row import Case, Row
from rolecall.model.severity import Severity

_SOURCE = "sts.amazonaws.com"

ROWS = (
    Row(
        id="federation-token-made",
        title="A user made a federation token",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={"GetFederationToken": "made a federation token called {name}"},
        cases=(
            Case(
                severity=Severity.HIGH,
                parameter="policyArns.arn",
                values=("*/AdministratorAccess", "*/IAMFullAccess", "*/PowerUserAccess"),
            ),
        ),
        why=(
            "The token has the user's rights for up to 36 hours, goes into the console too, and"
            " lives on when the key that made it is deactivated. Hardly any software asks for one"
            " today; intruders do."
        ),
        remediation=(
            "Ask who runs the program with this user's key. If nobody can say: deactivating the key"
            " is not enough, attach a policy to the user that denies everything until the token"
            " has ended, and look at what federated users of this name did."
        ),
        references=(
            "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.sts-federation-token/",
            "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
        ),
        attack=("T1550.001", "T1078.004"),
        false_positives=("Portals of one's own from before the days of identity providers.",),
    ),
    Row(
        id="session-examined",
        title="Somebody asked what a credential or a refusal is about",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "DecodeAuthorizationMessage": "had the reason for a refusal decoded",
            "GetAccessKeyInfo": "asked to which account access key {accessKeyId} belongs",
        },
        is_everyday=True,
        why=(
            "Who has found a key asks whose it is, and who is refused asks for the reason: it names"
            " policies, principals and conditions."
        ),
        remediation=(
            "Nothing where it is a colleague who looks for a mistake. Where nobody works with these"
            " credentials: disable them, and look at what was tried."
        ),
        references=(
            "https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html",
            "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html",
        ),
        attack=("T1087.004", "T1526"),
        false_positives=("People who look for the right that is missing.",),
    ),
    Row(
        id="session-token-version-changed",
        title="Tokens were made valid in more, or in fewer, regions",
        severity=Severity.MEDIUM,
        source="iam.amazonaws.com",
        calls={
            "SetSecurityTokenServicePreferences": (
                "set the version of session tokens to {globalEndpointTokenVersion}"
            ),
        },
        why=(
            "Tokens of version 2 are valid in every region, those of version 1 only where nobody"
            " has to switch a region on: a region that is not watched comes within reach."
        ),
        remediation=(
            "Ask the actor what needs it. If nobody can say: set it back, and see which regions"
            " were switched on."
        ),
        references=(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html",
        ),
        attack=("T1535",),
        false_positives=("Whoever takes a new region into use.",),
    ),
)
