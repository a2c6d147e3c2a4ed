"""The root user got a credential of its own."""

from collections.abc import Iterator

from rolecall.model.commands import assume_root
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

_CALLS = {
    "CreateAccessKey": ("an access key", Severity.CRITICAL),
    "CreateLoginProfile": ("a password", Severity.CRITICAL),
    "UploadSigningCertificate": ("a signing certificate", Severity.CRITICAL),
    "EnableMFADevice": ("an MFA device", Severity.MEDIUM),
}
"""What each call gives to whoever calls, where it names nobody."""


@Detection(
    id="root-credential-created",
    title="The root user got a credential",
    severity=Severity.CRITICAL,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=tuple(_CALLS)),),
    remediation=(
        "Delete the credential at once, unless somebody answers for it: no work needs one. Then"
        " change the root password, and look at what was done since. In an organization, take"
        " root credentials of members away altogether."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
    ),
    attack=("T1098.001",),
    false_positives=("A second MFA device for the root user, which is good to have.",),
)
def root_credential_created(event: CloudTrailEvent) -> Iterator[Evidence]:
    """A key of the root user works from anywhere, and nothing in the account can limit it.

    The root user has no name: a call for no named user, made by neither a user nor a role, is
    about the root user. So are those of a session that the management account opened in a member.
    """
    if not event.succeeded or event.actor.is_aws_itself or not _is_about_root(event):
        return
    credential, severity = _CALLS[event.name]
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} gave {credential} to the root user of {event.account_id}",
        severity=severity,
        commands=(assume_root(event.account_id, "IAMDeleteRootUserCredentials"),),
        data={"access_key_id": event.answered("accessKey", "accessKeyId")},
    )


def _is_about_root(event: CloudTrailEvent) -> bool:
    actor = event.actor
    return not (event.requested("userName") or actor.user_name or actor.role_arn) and (
        actor.is_root or actor.arn.endswith(":root")
    )
