"""Credentials of users beside passwords and keys, which nobody here has, and facts about root."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from demo.embedded_aws.emulator import Untyped, iam, replaces, responses
from demo.embedded_aws.overlay.membership import is_trusted, management_account

# On no path can they be made here: there is no call to upload or create one.
_EMPTY_LISTS = {
    "ListServerCertificates": "ServerCertificateMetadataList",
    "ListSSHPublicKeys": "SSHPublicKeys",
    "ListServiceSpecificCredentials": "ServiceSpecificCredentials",
}


def _list_nothing(operation: str) -> Untyped:
    def answer(parameters: Untyped) -> Untyped:
        user = iam._p(parameters, "UserName")
        if user and user not in iam._users:
            message = f"The user with name {user} cannot be found."
            return iam._error(404, "NoSuchEntity", message)
        inner = f"<{_EMPTY_LISTS[operation]}/><IsTruncated>false</IsTruncated>"
        return _result(operation, inner)

    return answer


def _list_organizations_features(_parameters: Untyped) -> Untyped:
    # https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html
    account = responses.get_account_id()
    management = management_account(account)
    if management is None:
        message = "The account is not a member of an organization."
        return iam._error(400, "OrganizationNotFoundException", message)
    if management != account:
        message = "The account is neither the management account nor a delegated administrator."
        return iam._error(400, "AccountNotManagementOrDelegatedAdministratorException", message)
    if not is_trusted("iam.amazonaws.com"):
        message = "Trusted access is not enabled for IAM in AWS Organizations."
        return iam._error(400, "ServiceAccessNotEnabledException", message)
    return _result("ListOrganizationsFeatures", "<EnabledFeatures/>")


def _result(operation: str, inner: str) -> Untyped:
    result = f"<{operation}Result>{inner}</{operation}Result>"
    return iam._xml(200, f"{operation}Response", result)


@replaces(iam, "_get_account_summary")
def _summary(original: Untyped, parameters: Untyped) -> Untyped:
    # It is about the root user, who has no MFA here; MiniStack counts devices of users.
    status, headers, body = original(parameters)
    entry = b"<entry><key>AccountMFAEnabled</key><value>%d</value></entry>"
    return status, headers, body.replace(entry % 1, entry % 0)


iam._IAM_HANDLERS.update(
    {operation: _list_nothing(operation) for operation in _EMPTY_LISTS},
    ListOrganizationsFeatures=_list_organizations_features,
)
