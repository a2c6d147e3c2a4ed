"""Users in two groups that one person should not be in."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, comment
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="conflicting-groups",
    title="Nobody is in two groups that exclude each other",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Ask which of the two the person works in, and remove the user from the other. If the"
        " work has changed, change conflicts of this rule."
    ),
    references=(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_define.html",
    ),
)
def conflicting_groups(account: Account, *, conflicts: tuple[str, ...] = ()) -> Iterator[Evidence]:
    """Whoever both asks and approves needs nobody else, and neither does who steals their password.

    `conflicts` lists the groups that exclude one another, as `payers + approvers`; without any,
    nobody is judged.
    """
    for user in account.users:
        for conflict in conflicts:
            exclusive = {name.strip() for name in conflict.split("+")}
            both = sorted(exclusive & set(user.groups))
            if len(both) > 1:
                yield Evidence(
                    resource=user.resource,
                    summary=f"{user} is in the groups {' and '.join(both)}, which exclude each"
                    " other",
                    principal=user.arn,
                    commands=tuple(
                        comment(
                            "either",
                            aws("iam remove-user-from-group", user_name=user.name, group_name=name),
                        )
                        for name in both
                    ),
                    data={"groups": both},
                    occasion=" + ".join(sorted(exclusive)),
                )
