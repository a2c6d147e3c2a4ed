"""GetAccountAuthorizationDetails with all that AWS tells of users, roles and policies."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from demo.embedded_aws.emulator import Untyped, iam, replaces
from demo.embedded_aws.overlay import iam_facts

_BOUNDARY = (
    "<PermissionsBoundary>"
    "<PermissionsBoundaryType>Policy</PermissionsBoundaryType>"
    "<PermissionsBoundaryArn>{}</PermissionsBoundaryArn>"
    "</PermissionsBoundary>"
)


@replaces(iam, "_get_account_authorization_details")
def _details(original: Untyped, parameters: Untyped) -> Untyped:
    status, headers, body = original(parameters)
    text = body.decode()
    for user in iam._users.values():
        text = _complete(text, user, _boundary_xml(user))
    for name, role in iam._roles.items():
        more = _boundary_xml(role) + iam_facts.role_last_used_xml(name)
        text = _complete(text, role, more)
    start, end = text.index("<Policies>"), text.rindex("</Policies>")
    policies = "".join(_policy_xml(arn) for arn in _reported_policies(parameters))
    return status, headers, f"{text[:start]}<Policies>{policies}{text[end:]}".encode()


def _complete(text: str, entity: dict[str, Any], more: str) -> str:
    """Add elements behind the ARN of a user or role, which occurs once in the details."""
    arn = f"<Arn>{entity['Arn']}</Arn>"
    # An instance profile repeats the ARN of its role: the detail is the first one.
    return text.replace(arn, arn + more, 1)


def _boundary_xml(entity: dict[str, Any]) -> str:
    boundary = entity.get("PermissionsBoundary")
    return _BOUNDARY.format(boundary) if boundary else ""


def _reported_policies(parameters: Untyped) -> Iterator[str]:
    """Yield the ARNs of the account's own policies and of AWS's that are in use here."""
    filters = {value[0] for key, value in parameters.items() if key.startswith("Filter.member.")}
    if not filters or "LocalManagedPolicy" in filters:
        yield from iam._policies
    if not filters or "AWSManagedPolicy" in filters:
        yield from sorted(_aws_policies_in_use())


def _aws_policies_in_use() -> set[str]:
    entities = [*iam._users.values(), *iam._roles.values(), *iam._groups.values()]
    attached = {arn for entity in entities for arn in entity.get("AttachedPolicies", [])}
    boundaries = {entity.get("PermissionsBoundary") for entity in entities}
    return {arn for arn in attached | boundaries if arn and iam._is_aws_managed_arn(arn)}


def _policy_xml(arn: str) -> str:
    policy = iam._lookup_policy(arn)
    versions = "".join(_version_xml(version) for version in policy["Versions"].values())
    summary = iam._managed_policy_xml(arn)
    return f"<member>{summary}<PolicyVersionList>{versions}</PolicyVersionList></member>"


def _version_xml(version: dict[str, Any]) -> str:
    default = str(bool(version.get("IsDefaultVersion"))).lower()
    return (
        f"<member><Document>{quote(version['Document'], safe='')}</Document>"
        f"<VersionId>{escape(version['VersionId'])}</VersionId>"
        f"<IsDefaultVersion>{default}</IsDefaultVersion>"
        f"<CreateDate>{version.get('CreateDate', iam._now())}</CreateDate></member>"
    )
