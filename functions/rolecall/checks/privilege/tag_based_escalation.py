"""Principals that reach an administrator by giving themselves, or a role, a tag."""

from collections.abc import Iterator

from rolecall.model.access_graph import graph_of
from rolecall.model.access_graph.escalations import evidence_of, judged
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="tag-based-escalation",
    title="Nobody tags its way into other rights",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Deny the tagging of principals with the keys that policies ask for to all who do not"
        " administer identities: iam:TagUser and iam:TagRole with the condition aws:TagKeys."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_iam-tags.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/introduction_attribute-based-access-control.html",
    ),
)
def tag_based_escalation(account: Account) -> Iterator[Evidence]:
    """Where policies ask for tags, whoever can change tags writes its own policy.

    Told of those who cannot become administrators as they are and could with tags of their choice,
    on themselves or on the role that they are then let into.
    """
    graph = graph_of(account)
    for principal in judged(account):
        if graph.is_administrator(principal.arn) or graph.to_administrator(principal.arn):
            continue
        found = graph.with_chosen_tags(principal.arn)
        if found:
            chain, tagging = found
            what = f"{tagging} and then become an administrator"
            yield evidence_of(principal, chain, what, severity=Severity.HIGH)
