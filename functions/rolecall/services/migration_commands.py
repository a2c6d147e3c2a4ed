"""The commands that lead a user from long-lived credentials to temporary ones."""

from collections.abc import Iterator

from rolecall.model.commands import disable, retire_key
from rolecall.model.migration import Way
from rolecall.model.principals import User
from rolecall.services.migration_signs import active_keys_of, issuer_of

_TRUST = "--assume-role-policy-document file://trust.json"


def commands_for(way: Way, user: User, account_id: str) -> tuple[str, ...]:
    """Return the commands in order: the new way first, then the end of the old one.

    What is in capitals is for the reader to fill in.
    """
    return (*_begin(way, user, account_id), *_end(user))


def _begin(way: Way, user: User, account_id: str) -> Iterator[str]:
    role = user.name  # IAM allows the same names for both
    if way is Way.IDENTITY_CENTER:
        yield (
            "aws sso-admin create-account-assignment --instance-arn INSTANCE_ARN"
            f" --target-type AWS_ACCOUNT --target-id {account_id}"
            " --permission-set-arn PERMISSION_SET_ARN --principal-type USER --principal-id USER_ID"
        )
        yield "# the person then runs: aws configure sso"
    elif way is Way.OIDC:
        yield (
            f"aws iam create-open-id-connect-provider --url https://{issuer_of(user)}"
            " --client-id-list sts.amazonaws.com"
        )
        yield f"aws iam create-role --role-name {role} {_TRUST}"
    elif way is Way.COMPUTE_ROLE:
        yield f"aws iam create-role --role-name {role} {_TRUST}"
        yield f"aws iam create-instance-profile --instance-profile-name {role}"
    elif way is Way.ROLES_ANYWHERE:
        yield f"aws iam create-role --role-name {role} {_TRUST}"
        yield f"aws rolesanywhere create-profile --name {role} --role-arns ROLE_ARN --enabled"
    elif way is not Way.NOTHING:
        yield f"# read {way.page}"


def _end(user: User) -> Iterator[str]:
    for key in active_keys_of(user):
        yield from retire_key(user.name, key)
    if user.credentials and user.credentials.password:
        yield disable(user.name, user.credentials.password)
    for credential in user.service_specific_credentials:
        if credential.is_active:
            yield (
                f"aws iam update-service-specific-credential --user-name {user.name}"
                f" --service-specific-credential-id {credential.id} --status Inactive"
            )
