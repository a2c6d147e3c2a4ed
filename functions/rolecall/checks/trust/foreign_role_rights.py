"""Roles that outsiders become and that may read all data, or change things everywhere."""

# Longer than 60 lines because what may be read and what may be changed are told apart.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.rights import Reach, reach_of
from rolecall.model.admission.telling import outsider_in_words, told
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="foreign-role-rights",
    title="Outsiders may neither read all data nor change things everywhere",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION}),
    weighs=RIGHTS,
    remediation=(
        "Give the role the permissions that the vendor documents, on the resources that it is for:"
        " SecurityAudit or ViewOnlyAccess show how things are set up without showing data, where"
        " ReadOnlyAccess shows the data too."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ReadOnlyAccess.html",
    ),
)
def foreign_role_rights(
    account: Account, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """Somebody else's breach becomes yours to the extent of what you let them do.

    Judged is what the role may do on every resource after all its policies; what it may do to some
    resources, or under conditions, is what it is for.
    """
    told_of: set[str] = set()
    for access in accesses(account):
        outside = (Kind.PUBLIC, Kind.ACCOUNT, Kind.ORGANIZATION)
        if access.kind not in outside or access.passage.blocked_by or access.role.unread:
            continue
        if access.role.arn in told_of or access.outsider in trusted_accounts:
            continue
        told_of.add(access.role.arn)
        reach = reach_of(account, access.role)
        if reach.changes or reach.reads_data:
            yield _evidence(account, access, reach)


def _evidence(account: Account, access: Access, reach: Reach) -> Evidence:
    sentence = f"{access.role}, which {outsider_in_words(access)} can assume, may {reach}"
    data = {"changes": list(reach.changes), "reads": list(reach.reads_data)}
    severity = Severity.HIGH if reach.changes else Severity.MEDIUM
    evidence = told(access, sentence, data)
    return graded(evidence, severity, account, access.role)
