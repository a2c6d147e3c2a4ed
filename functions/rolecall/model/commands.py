"""Commands of the AWS command line, ready and safe to paste.

Names come from IAM, but also from recorded events that anybody may have written: every one of
them is quoted for the shell, and bound to its option so that none can pass for an option itself.
"""

import shlex

from rolecall.model.credentials import AccessKey, Password


def take_policy_away(kind: str, name: str, policy: str, arn: str | None) -> str:
    """Return the command that takes a policy from a user, group or role (`kind`).

    A managed policy, which has an ARN, is detached; an inline policy is deleted.
    """
    holder = _option(f"{kind}-name", name)
    if arn:
        return f"aws iam detach-{kind}-policy {holder} {_option('policy-arn', arn)}"
    return f"aws iam delete-{kind}-policy {holder} {_option('policy-name', policy)}"


def create_key(user_name: str) -> str:
    """Return the command that gives a user a further access key."""
    return f"aws iam create-access-key {_option('user-name', user_name)}"


def disable(user_name: str, credential: Password | AccessKey) -> str:
    """Return the command after which the credential lets nobody in any more."""
    if isinstance(credential, AccessKey):
        return deactivate_key(user_name, credential.id or "KEY_ID")
    return f"aws iam delete-login-profile {_option('user-name', user_name)}"


def deactivate_key(user_name: str, key_id: str) -> str:
    """Return the command that makes an access key useless until it is activated again."""
    key = f"{_option('user-name', user_name)} {_option('access-key-id', key_id)}"
    return f"aws iam update-access-key {key} --status Inactive"


def show_last_use(key_id: str) -> str:
    """Return the command that shows when and for what a key was last used."""
    return f"aws iam get-access-key-last-used {_option('access-key-id', key_id)}"


def list_mfa_devices(user_name: str) -> str:
    """Return the command that shows a user's MFA devices."""
    return f"aws iam list-mfa-devices {_option('user-name', user_name)}"


def list_rights(user_name: str) -> tuple[str, str]:
    """Return the commands that show where a user's rights come from."""
    user = _option("user-name", user_name)
    return (
        f"aws iam list-groups-for-user {user}",
        f"aws iam list-attached-user-policies {user}",
    )


def show_trust(role_name: str) -> str:
    """Return the command that shows whom a role trusts."""
    role = _option("role-name", role_name)
    return f"aws iam get-role {role} --query Role.AssumeRolePolicyDocument"


def change_trust(role_name: str) -> str:
    """Return the command that gives a role the trust policy in the file trust.json."""
    role = _option("role-name", role_name)
    return f"aws iam update-assume-role-policy {role} --policy-document file://trust.json"


def _option(name: str, value: str) -> str:
    if shlex.quote(value) == value and not value.startswith("-"):
        return f"--{name} {value}"
    return f"--{name}={shlex.quote(value)}"
