"""Users whose name or path is not what was agreed upon."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="user-name-pattern",
    title="Users are named as agreed",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Find out who made the user and why. A user of yours can be renamed and moved to another"
        " path; its ARN changes, so change the policies that name it first."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
        "https://docs.aws.amazon.com/cli/latest/reference/iam/update-user.html",
    ),
)
def user_name_pattern(
    account: Account, *, allowed_names: tuple[str, ...] = (), allowed_paths: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A name outside the pattern was made outside the process, by hand or by an intruder.

    `allowed_names` and `allowed_paths` are patterns with `*` and `?`; what is empty, as both are
    at first, allows everything.
    """
    for user in account.users:
        wrong = [
            words
            for words, value, allowed in (
                ("name", user.name, allowed_names),
                (f"path {user.path}", user.path, allowed_paths),
            )
            if allowed and not any(fnmatchcase(value, pattern) for pattern in allowed)
        ]
        if wrong:
            yield Evidence(
                resource=user.resource,
                summary=f"{user} has a {' and a '.join(wrong)} that fits no agreed pattern",
                principal=user.arn,
                commands=(
                    aws(
                        "iam update-user --new-user-name NEW_NAME --new-path /NEW/PATH/",
                        user_name=user.name,
                    ),
                ),
                data={"name": user.name, "path": user.path},
            )
