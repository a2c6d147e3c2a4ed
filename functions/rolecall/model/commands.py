"""Commands of the AWS command line that take something away, ready to paste."""

from rolecall.model.credentials import AccessKey, Password


def take_policy_away(kind: str, name: str, policy: str, arn: str | None) -> str:
    """Return the command that takes a policy from a user, group or role (`kind`).

    A managed policy, which has an ARN, is detached; an inline policy is deleted.
    """
    holder = f"--{kind}-name {name}"
    if arn:
        return f"aws iam detach-{kind}-policy {holder} --policy-arn {arn}"
    return f"aws iam delete-{kind}-policy {holder} --policy-name {policy}"


def disable(user_name: str, credential: Password | AccessKey) -> str:
    """Return the command after which the credential lets nobody in any more."""
    if isinstance(credential, AccessKey):
        return deactivate_key(user_name, credential.id or "KEY_ID")
    return f"aws iam delete-login-profile --user-name {user_name}"


def deactivate_key(user_name: str, key_id: str) -> str:
    """Return the command that makes an access key useless until it is activated again."""
    return (
        f"aws iam update-access-key --user-name {user_name}"
        f" --access-key-id {key_id} --status Inactive"
    )


def show_trust(role_name: str) -> str:
    """Return the command that shows whom a role trusts."""
    return f"aws iam get-role --role-name {role_name} --query Role.AssumeRolePolicyDocument"
