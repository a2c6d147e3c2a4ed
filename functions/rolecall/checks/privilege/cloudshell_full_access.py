"""Holders of AWSCloudShellFullAccess."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import holdings, standing, tell
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.policy import action_index
from rolecall.policy.sensitive.breadth import breadth_of

_POLICY = ":iam::aws:policy/AWSCloudShellFullAccess"


@Check(
    id="cloudshell-full-access",
    title="Nobody holds AWSCloudShellFullAccess",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Replace it by a policy of your own that leaves out cloudshell:GetFileDownloadUrls and"
        " cloudshell:GetFileUploadUrls."
    ),
    references=(
        "https://docs.aws.amazon.com/cloudshell/latest/userguide/sec-auth-with-identities.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.27"),
        Control("CIS AWS Foundations", "3.0.0", "1.22"),
        Control("CIS AWS Foundations", "5.0.0", "1.21"),
    ),
)
def cloudshell_full_access(account: Account) -> Iterator[Evidence]:
    """With it files leave the account through the browser, past networks and endpoints."""
    actions = action_index().expand("cloudshell:*")
    for holding in holdings(account):
        if not holding.occasion.endswith(_POLICY):
            continue
        breadth = breadth_of(holding.policy, account.id)
        found = standing(account, holding.principals, breadth, actions)
        if found.verdict:
            yield tell(account, holding, found, Severity.MEDIUM, "move files through CloudShell")
