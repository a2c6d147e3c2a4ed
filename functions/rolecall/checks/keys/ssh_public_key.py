"""SSH keys for CodeCommit that nobody rotates."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import switch_off
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.forgotten import forgotten_facts
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="ssh-public-key",
    title="SSH keys of users are rotated in time",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.SSH_KEYS}),
    weighs=RIGHTS,
    remediation=(
        "Let people and pipelines reach CodeCommit with temporary credentials"
        " (git-remote-codecommit), deactivate the key, and delete it once nobody has missed it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html",
        "https://docs.aws.amazon.com/codecommit/latest/userguide/setting-up-git-remote-codecommit.html",
    ),
)
def ssh_public_key(account: Account, *, max_age_days: int = 90) -> Iterator[Evidence]:
    """Its private half lies on a laptop, knows no MFA, and no report of IAM's lists it.

    IAM does not record the use of SSH keys: age is what is judged. Who owns the user, and whether
    it uses CodeCommit at all, stands in the evidence where it is known.
    """
    for user in account.users:
        for key in user.ssh_keys:
            if not key.is_active or not account.is_older_than(key.uploaded_at, max_age_days):
                continue
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user}: {key} was uploaded on {format_day(key.uploaded_at)}",
                principal=user.arn,
                commands=switch_off(
                    "iam update-ssh-public-key", user_name=user.name, ssh_public_key_id=key.id
                ),
                data={
                    "ssh_key_id": key.id,
                    "uploaded_at": format_time(key.uploaded_at),
                    **forgotten_facts(account, user, "codecommit", max_age_days),
                },
                occasion=key.occasion,
            )
            yield graded(evidence, Severity.LOW, account, user)
