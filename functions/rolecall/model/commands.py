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


def activate_key(user_name: str, key_id: str) -> str:
    """Return the command that makes a deactivated access key work again."""
    return (
        f"aws iam update-access-key --user-name {user_name}"
        f" --access-key-id {key_id} --status Active"
    )


def retire_key(user_name: str, key: AccessKey) -> tuple[str, ...]:
    """Return the commands that prove that a key may go, deactivate it, and undo that."""
    if key.id is None:
        look, key_id = f"aws iam list-access-keys --user-name {user_name}", "KEY_ID"
    else:
        look, key_id = f"rolecall keys prove {key.id}", key.id
    return look, deactivate_key(user_name, key_id), undo(activate_key(user_name, key_id))


def assume_root(account_id: str, task: str) -> str:
    """Return the command with which the management account acts as the root user of a member.

    The task is the name of one of AWS's policies for it, such as IAMDeleteRootUserCredentials.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
    """
    return (
        f"aws sts assume-root --target-principal {account_id}"
        f" --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/{task}"
    )


def undo(command: str) -> str:
    """Return a command as a comment, so that pasting all of them does not undo the first."""
    return f"# undo: {command}"


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
