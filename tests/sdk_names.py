"""What AWS's SDK knows of the services whose events we judge."""

from functools import cache

import botocore.session

# CloudTrail's eventSource is the service's endpoint prefix; a few SDK packages are named otherwise.
_SDK_NAMES = {
    "access-analyzer": "accessanalyzer",
    "monitoring": "cloudwatch",
    "sso": "sso-admin",
    "states": "stepfunctions",
}
_VERSIONS = ("20150331v2", "20171031", "20150331")

RECORDED_ONLY = {
    # https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
    "signin.amazonaws.com": {
        "ConsoleLogin",
        "EmailUpdated",
        "GetSigninToken",
        "PasswordRecoveryCompleted",
        "PasswordRecoveryRequested",
        "PasswordUpdated",
    },
    # https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html
    "sso.amazonaws.com": {"AssociateDirectory", "DisassociateDirectory"},
    "sso-directory.amazonaws.com": {
        "AddMemberToGroup",
        "CreateBearerToken",
        "CreateUser",
        "DeleteBearerToken",
        "DisableExternalIdPConfigurationForDirectory",
        "DisableUser",
        "EnableExternalIdPConfigurationForDirectory",
        "EnableUser",
        "RemoveMemberFromGroup",
        "UpdatePassword",
        "UpdateUser",
        "CompleteVirtualMfaDeviceRegistration",
        "CompleteWebAuthnDeviceRegistration",
        "DeleteMfaDeviceForUser",
        "UpdateMfaDeviceForUser",
    },
    # https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managed-domains-cloudtrailauditing.html
    "es.amazonaws.com": {"CreateDomain", "UpdateDomainConfig"},
}
"""Names that CloudTrail records and no SDK has, by event source, with the page that lists them."""


@cache
def operation(source, name):
    """Return the SDK's model of a call; None for a name that only CloudTrail has.

    Raises KeyError for a name that neither knows.
    """
    if name in RECORDED_ONLY.get(source, ()):
        return None
    service = source.partition(".")[0]
    model = botocore.session.get_session().get_service_model(_SDK_NAMES.get(service, service))
    plain = _without_version(name)
    if plain not in model.operation_names:
        raise KeyError(f"{source} {name}")
    return model.operation_model(plain)


def _without_version(name):
    """Take the API version off the names that Lambda's events carry."""
    for version in _VERSIONS:
        name = name.removesuffix(version)
    return name


def has_parameter(call, path):
    """Tell whether a call takes the parameter, such as `tag.key`, as CloudTrail writes it."""
    shape = call.input_shape
    for name in path.split("."):
        while hasattr(shape, "member"):  # a list: what is in it counts
            shape = shape.member
        members = {recorded(member): each for member, each in getattr(shape, "members", {}).items()}
        if name not in members:
            return False
        shape = members[name]
    return True


def recorded(member):
    """Write a member as CloudTrail does: its first letter in lower case."""
    return member[:1].lower() + member[1:]
