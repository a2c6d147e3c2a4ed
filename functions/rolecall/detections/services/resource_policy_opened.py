"""Somebody opened a key, a secret, a queue or another resource to strangers."""

# Longer than 60 lines because it lists where the services' calls have their policies.

from collections.abc import Iterator, Mapping
from typing import Any

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.policy import Policy, PolicyError, Statement

_CALLS: Mapping[str, Mapping[str, str]] = {
    "ecr.amazonaws.com": {"SetRepositoryPolicy": "policyText"},
    "es.amazonaws.com": {
        "CreateDomain": "accessPolicies",
        "CreateElasticsearchDomain": "accessPolicies",
        "UpdateDomainConfig": "accessPolicies",
        "UpdateElasticsearchDomainConfig": "accessPolicies",
    },
    "glacier.amazonaws.com": {"SetVaultAccessPolicy": "policy.policy"},
    "kms.amazonaws.com": {"CreateKey": "policy", "PutKeyPolicy": "policy"},
    "s3.amazonaws.com": {"PutBucketPolicy": "bucketPolicy"},
    "secretsmanager.amazonaws.com": {"PutResourcePolicy": "resourcePolicy"},
    "sns.amazonaws.com": {
        "CreateTopic": "attributes.Policy",
        "SetTopicAttributes": "attributeValue",
    },
    "sqs.amazonaws.com": {
        "CreateQueue": "attributes.Policy",
        "SetQueueAttributes": "attributes.Policy",
    },
}
"""Where each call has the policy that it sets."""
_NAMING = (
    *("bucketName", "domainName", "keyId", "name", "queueName", "queueUrl", "repositoryName"),
    *("secretId", "topicArn", "vaultName"),
)
_NO_LIMIT = ("aws:securetransport", "s3:authtype", "s3:x-amz-acl")
"""Conditions that say how to ask, and not who may."""


@Detection(
    id="resource-policy-opened",
    title="A resource was opened to anyone, or to another account",
    severity=Severity.HIGH,
    patterns=tuple(
        EventPattern(sources=(source,), names=tuple(calls)) for source, calls in _CALLS.items()
    ),
    remediation=(
        "Ask the owner of the resource whom it is for. If nobody can say: set the old policy again,"
        " and see from which accounts it was used meanwhile. `aws:PrincipalOrgID` lets in the"
        " organization and nobody else."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
    attack=("T1537", "T1098"),
    false_positives=("Public web sites in S3, and partners whose account is named: MEDIUM.",),
)
def resource_policy_opened(
    event: CloudTrailEvent, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A resource's own policy lets people in past all policies of the account's principals.

    Open to anyone is a statement for everybody without a condition that says who. Other accounts
    that are named are MEDIUM, for the event does not tell whether they are of the organization:
    list those under trusted_accounts.
    """
    if not event.succeeded or event.is_made_by_aws:
        return
    policy = _policy(event)
    ours = {event.account_id, *trusted_accounts}
    strangers = {each for s in policy.statements for each in _admits(s)} - ours if policy else set()
    if strangers:
        name = next(filter(None, map(event.requested, _NAMING)), "")
        who = "anyone" if "*" in strangers else "account " + ", ".join(sorted(strangers))
        yield Evidence(
            resource=Resource("Other", name)
            if name.startswith("arn:")
            else Resource("AwsAccount", event.iam_arn("root")),
            summary=f"{event.actor} opened {name or 'a new resource'} of"
            f" {event.source.partition('.')[0]} to {who}",
            severity=Severity.HIGH if "*" in strangers else Severity.MEDIUM,
            data={"name": name, "admitted": sorted(strangers)},
        )


def _policy(event: CloudTrailEvent) -> Policy | None:
    """Return the policy that the call sets; None where it sets none, or does not show it."""
    value: Any = event.request
    for name in _CALLS[event.source][event.name].split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    try:
        return Policy.parse(value) if value else None
    except PolicyError:
        return None


def _admits(statement: Statement) -> Iterator[str]:
    """Yield the accounts that a statement lets in; `*` for anyone."""
    limits = [each for each in statement.conditions if each.folded_key not in _NO_LIMIT]
    for principal in statement.principals if statement.allows else ():
        if principal.is_anyone:
            yield from () if limits else ("*",)
        elif principal.kind == "AWS" and principal.account_id:
            yield principal.account_id
