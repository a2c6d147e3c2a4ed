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
    return f"aws iam get-role --role-name {role_name} --query Role.AssumeRolePolicyDocument"
