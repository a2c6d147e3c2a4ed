"""Groups whose policies are written into them."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, take_policy_away
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="group-with-inline-policy",
    title="Groups hold managed policies",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Make a customer managed policy of the text that the first command shows, attach it to the"
        " group, then delete the inline policy."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-convert-inline-to-managed.html",
    ),
)
def group_with_inline_policy(account: Account) -> Iterator[Evidence]:
    """An inline policy has no versions to go back to, and shows up in no list of policies."""
    for group in account.groups:
        inline = sorted(held.name for held in group.policies if held.arn is None)
        if inline:
            yield Evidence(
                resource=group.resource,
                summary=f"{group} has the inline policies {', '.join(inline)}"
                if len(inline) > 1
                else f"{group} has the inline policy {inline[0]}",
                commands=tuple(
                    command
                    for name in inline
                    for command in (
                        aws("iam get-group-policy", group_name=group.name, policy_name=name),
                        take_policy_away("group", group.name, name, None),
                    )
                ),
                data={"policies": inline},
            )
