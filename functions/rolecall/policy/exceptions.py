"""What AWS decides otherwise than by the policies alone, action by action."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.policy.matching import Matcher

_ROLE_ASSUMPTION = frozenset(
    {
        "sts:assumerole",
        "sts:assumerolewithsaml",
        "sts:assumerolewithwebidentity",
        "sts:setcontext",
        "sts:setsourceidentity",
        "sts:tagsession",
    },
)
_CHANGES_OF_POLICIES = frozenset(
    {
        "iam:createpolicyversion",
        "iam:deletepolicy",
        "iam:deletepolicyversion",
        "iam:setdefaultpolicyversion",
        "iam:tagpolicy",
        "iam:untagpolicy",
    },
)


def needs_no_permission(matcher: Matcher) -> bool:
    """Say whether everybody may do it, even whom a policy explicitly denies it.

    https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    """
    return matcher.action == "sts:getcalleridentity"


def belongs_to_aws(matcher: Matcher) -> bool:
    """Say whether it would change a managed policy of AWS, which only AWS can.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
    """
    return matcher.action in _CHANGES_OF_POLICIES and ":iam::aws:policy/" in matcher.resource


def is_use_of_key(matcher: Matcher) -> bool:
    """Say whether it concerns a KMS key, where nothing is allowed that the key's policy does not.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
    """
    return matcher.action.startswith("kms:") and ":key/" in matcher.resource


def is_role_assumption(matcher: Matcher) -> bool:
    """Say whether it concerns the session of a role, which the role's trust policy has to allow.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    """
    return matcher.action in _ROLE_ASSUMPTION and ":role/" in matcher.resource
