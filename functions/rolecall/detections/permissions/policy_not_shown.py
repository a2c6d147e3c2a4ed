"""Somebody wrote a policy that the record does not show."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity


@Detection(
    id="policy-not-shown",
    title="A policy was written that CloudTrail does not show",
    severity=Severity.MEDIUM,
    patterns=(
        EventPattern(
            sources=("iam.amazonaws.com",),
            names=(
                *("CreatePolicy", "CreatePolicyVersion", "CreateRole", "UpdateAssumeRolePolicy"),
                *("PutGroupPolicy", "PutRolePolicy", "PutUserPolicy"),
            ),
        ),
        EventPattern(
            sources=("organizations.amazonaws.com",),
            names=("CreatePolicy", "PutResourcePolicy", "UpdatePolicy"),
        ),
        EventPattern(sources=("sso.amazonaws.com",), names=("PutInlinePolicyToPermissionSet",)),
    ),
    remediation=(
        "Ask the actor which policy it was, and read it in the account: the record does not say."
        " A document that is mostly blanks was made to be left out."
    ),
    references=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
        "https://github.com/elastic/detection-rules/pull/4788",
    ),
    attack=("T1562.008",),
    false_positives=("Policies that really are that long; few are.",),
)
def policy_not_shown(event: CloudTrailEvent) -> Iterator[Evidence]:
    """CloudTrail leaves out parameters that are too long, and blanks count: that hides a policy.

    IAM does not count blanks towards the size of a policy, so a short one can be stretched until
    no record shows whom it was for and what it gives.
    """
    if event.is_made_by_aws or not event.succeeded or event.request.get("omitted") is not True:
        return
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} called {event.name} with parameters too long for CloudTrail",
    )
