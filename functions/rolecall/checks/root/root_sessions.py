"""Whether the management account can act as the root user of its members."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, undo
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.organization import ROOT_SESSIONS
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="root-sessions",
    title="Root sessions in member accounts are as declared",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.ORGANIZATION, Part.ORGANIZATION_FEATURES}),
    remediation=(
        "Switch the feature to what was decided, or say in should_be_on of this rule what was. Who"
        " may call sts:AssumeRoot in the management account should be few and known."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
    ),
)
def root_sessions(account: Account, *, should_be_on: bool = True) -> Iterator[Evidence]:
    """Without root sessions nobody can unlock a bucket that its policy has locked.

    With them, whoever may open one has a way into every member account: either way it should be
    what was decided. It is judged once, in the management account, where root credentials are
    managed centrally; where they are not, `centralized-root-access` has said so.
    """
    organization = account.organization
    if organization is None or not account.is_management_account:
        return
    is_on = ROOT_SESSIONS in organization.features
    if organization.centralizes_root_access and is_on is not should_be_on:
        switch = ("enable", "disable") if should_be_on else ("disable", "enable")
        do, back = (aws(f"iam {verb}-organizations-root-sessions") for verb in switch)
        yield Evidence(
            resource=account.resource,
            summary=f"root sessions are {_words(is_on)} in organization {organization.id}; declared"
            f" is that they are {_words(should_be_on)}",
            commands=(do, undo(back)),
            data={"features": sorted(organization.features)},
        )


def _words(is_on: bool) -> str:  # noqa: FBT001 - there is nothing else to say of it
    return "on" if is_on else "off"
