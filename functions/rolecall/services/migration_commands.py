"""The commands that lead a user from long-lived credentials to temporary ones."""

from collections.abc import Iterator

from rolecall.model.commands import aws, comment, disable, retire_key, switch_off
from rolecall.model.migration import Way
from rolecall.model.principals import User
from rolecall.services.migration_signs import active_keys_of, issuer_of


def commands_for(way: Way, user: User, account_id: str) -> tuple[str, ...]:
    """Return the commands in order: the new way first, then the end of the old one.

    What is in capitals is for the reader to fill in.
    """
    return (*_begin(way, user, account_id), *_end(user))


def _begin(way: Way, user: User, account_id: str) -> Iterator[str]:
    role = user.name  # IAM allows the same names for both
    if way is Way.IDENTITY_CENTER:
        yield aws(
            "sso-admin create-account-assignment --instance-arn INSTANCE_ARN"
            " --permission-set-arn PERMISSION_SET_ARN --principal-type USER --principal-id USER_ID"
            " --target-type AWS_ACCOUNT",
            target_id=account_id,
        )
        yield comment("the person then runs", aws("configure sso"))
    elif way is Way.OIDC:
        yield aws(
            f"iam create-open-id-connect-provider --url https://{issuer_of(user)}"
            " --client-id-list sts.amazonaws.com"
        )
        yield _create_role(role)
    elif way is Way.COMPUTE_ROLE:
        yield _create_role(role)
        yield aws("iam create-instance-profile", instance_profile_name=role)
    elif way is Way.ROLES_ANYWHERE:
        yield _create_role(role)
        yield aws("rolesanywhere create-profile --role-arns ROLE_ARN --enabled", name=role)
    elif way is not Way.NOTHING:
        yield comment("read " + way.page)


def _create_role(name: str) -> str:
    call = "iam create-role --assume-role-policy-document file://trust.json"
    return aws(call, role_name=name)


def _end(user: User) -> Iterator[str]:
    for key in active_keys_of(user):
        yield from retire_key(user.name, key)
    if user.credentials and user.credentials.password:
        yield disable(user.name, user.credentials.password)
    for credential in user.service_specific_credentials:
        if credential.is_active:
            yield from switch_off(
                "iam update-service-specific-credential",
                user_name=user.name,
                service_specific_credential_id=credential.id,
            )
