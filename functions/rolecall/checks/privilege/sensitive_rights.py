"""Policies that give sensitive rights on every resource."""

# Longer than 60 lines because a finding says class by class what its holder can do.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.causes import untold_breadth
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import Holding, Standing, holdings, severity_of, standing, tell
from rolecall.model.holdings.telling import named
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.sensitive import CLASSES, heaviest, negligible, sensitive_bits
from rolecall.policy.sensitive.breadth import union


@Check(
    id="sensitive-rights",
    title="Sensitive rights hold for named resources",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name the resources that the work needs, or replace the policy by one that leaves these"
        " actions out; the finding lists them by class. Where a principal's work is of a class,"
        " leave that class out of the parameter classes for its path or tag."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ),
)
def sensitive_rights(
    account: Account,
    *,
    classes: tuple[str, ...] = (
        "credentials-exposure",
        "data-access",
        "destruction",
        "network",
        "resource-exposure",
        "spending",
        "tampering",
    ),
) -> Iterator[Evidence]:
    """A right on every resource reaches what nobody thought of, and what will be made tomorrow.

    Told is one finding for each policy that somebody holds and that gives such rights, with the
    classes of harm, the heaviest first; the heaviest action decides the severity, and what is
    negligible is not told. Judged is what remains after all policies of those whom it reaches.
    What AWS asks for on the role of a service, such as AmazonEKSClusterPolicy, is not told.
    Administrators, escalation, decryption, PassRole and AssumeRole have their own rules.
    """
    together = union(sensitive_bits(each.id) for each in CLASSES if each.id in classes)
    together &= ~negligible()
    for holding in (each for each in holdings(account) if not each.is_asked_for):
        breadth = untold_breadth(account, holding)
        found = standing(account, holding.principals, breadth, together)
        if found.verdict:
            yield _evidence(account, holding, found)


def _evidence(account: Account, holding: Holding, found: Standing) -> Evidence:
    # What is certain decides; what depends on conditions is told when nothing else is there.
    actions = found.granted or found.conditional or found.blocked
    hit = [(each, sensitive_bits(each.id) & actions) for each in CLASSES]
    hit = sorted((each for each in hit if each[1]), key=lambda each: -heaviest(each[1]))
    first, *others = [each.gains for each, _ in hit]
    more = f" (and {len(others)} more)" if others else ""
    words = f"{first}{more} everywhere"
    by_class = {each.id: named(bits) for each, bits in hit}
    return tell(account, holding, found, severity_of(actions), words, classes=by_class)
