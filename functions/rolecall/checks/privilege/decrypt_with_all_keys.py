"""Principals that may decrypt with every key of the account."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.causes import untold_breadth
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import holdings, standing, tell
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.policy import action_index


@Check(
    id="decrypt-with-all-keys",
    title="Decryption is allowed with named keys only",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name the keys that the work needs as resources, or let the service that stores the data"
        " call for the principal with a condition on kms:ViaService."
    ),
    references=(
        "https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "KMS.1"),
        Control("AWS FSBP", "1.0.0", "KMS.2"),
    ),
)
def decrypt_with_all_keys(account: Account) -> Iterator[Evidence]:
    """A key divides those who see stored bytes from those who read them, if they lack the key.

    Most key policies leave the choice to IAM: then this right is the whole of it. Judged is what
    remains after Deny, boundary and guardrails; administrators have a finding of their own.
    """
    actions = action_index().expand_all(("kms:Decrypt", "kms:ReEncryptFrom"))
    for holding in holdings(account):
        breadth = untold_breadth(account, holding)
        found = standing(account, holding.principals, breadth, actions)
        if found.verdict:
            yield tell(account, holding, found, Severity.MEDIUM, "decrypt with every key")
