"""Commands of the AWS command line and of our own, ready and safe to paste.

Names come from IAM, but also from recorded events that anybody may have written: every one of
them is quoted for the shell, and bound to its option so that none can pass for an option itself.
Every command that a finding shows is made here.
"""

import re
import shlex
from functools import cache

from rolecall.model.credentials import AccessKey, Password
from rolecall.model.plain_text import harmless

_BARE = re.compile(r"[\w.@/:*+-]+", re.ASCII)
"""What the shorthand of the AWS command line takes for text without quotation marks."""

_PLAIN = re.compile(r"[\w@%+=,./-]+", re.ASCII)
"""Text that no shell takes for anything else; nearly all names are such."""
UNKNOWN_KEY = "KEY_ID"
"""What stands in a command for the id of an access key that could not be listed."""


def aws(call: str, **options: str | tuple[str, ...]) -> str:
    """Return the command of a call, as `aws("iam delete-group", group_name=name)`.

    The call is in our own words, with whatever in it is fixed; what others chose is an option.
    """
    return " ".join((f"aws {call}", *(_option(name, options[name]) for name in options)))


def rolecall(call: str, value: str) -> str:
    """Return a command of ours about one thing, as `rolecall("keys prove", key_id)`."""
    end_of_options = "-- " if value.startswith("-") else ""
    return f"rolecall {call} {end_of_options}{_quoted(value)}"


def shorthand(**members: str) -> str:
    """Return a structure in AWS's shorthand, as `Key=owner,Value=alice`.

    https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
    """
    return ",".join(f"{name}={_member(value)}" for name, value in members.items())


def comment(words: str, command: str = "") -> str:
    """Return what pasting all the commands must not run: a remark, or a command for later."""
    return f"# {words}: {command}" if command else f"# {words}"


def undo(command: str) -> str:
    """Return a command as a comment, so that pasting all of them does not undo the first."""
    return comment("undo", command)


def take_policy_away(kind: str, name: str, policy: str, arn: str | None) -> str:
    """Return the command that takes a policy from a user, group or role (`kind`).

    A managed policy, which has an ARN, is detached; an inline policy is deleted.
    """
    holder = {f"{kind}_name": name}
    if arn:
        return aws(f"iam detach-{kind}-policy", **holder, policy_arn=arn)
    return aws(f"iam delete-{kind}-policy", **holder, policy_name=policy)


def create_key(user_name: str) -> str:
    """Return the command that gives a user a further access key."""
    return aws("iam create-access-key", user_name=user_name)


def disable(user_name: str, credential: Password | AccessKey) -> str:
    """Return the command after which the credential lets nobody in any more."""
    if isinstance(credential, AccessKey):
        return deactivate_key(user_name, credential.id or UNKNOWN_KEY)
    return aws("iam delete-login-profile", user_name=user_name)


def deactivate_key(user_name: str, key_id: str) -> str:
    """Return the command that makes an access key useless until it is activated again."""
    return _set_key(user_name, key_id, "Inactive")


def activate_key(user_name: str, key_id: str) -> str:
    """Return the command that makes a deactivated access key work again."""
    return _set_key(user_name, key_id, "Active")


def retire_key(user_name: str, key: AccessKey) -> tuple[str, ...]:
    """Return the commands that prove that a key may go, deactivate it, and undo that."""
    if key.id is None:
        look, key_id = aws("iam list-access-keys", user_name=user_name), UNKNOWN_KEY
    else:
        look, key_id = prove_key(key.id), key.id
    return look, deactivate_key(user_name, key_id), undo(activate_key(user_name, key_id))


def switch_off(call: str, **options: str) -> tuple[str, str]:
    """Return the commands of a call that deactivates something, and that undo it."""
    return aws(call, **options, status="Inactive"), undo(aws(call, **options, status="Active"))


def prove_key(key_id: str) -> str:
    """Return the command that shows what a key was used for, and whether it may go."""
    return rolecall("keys prove", key_id)


def show_last_use(key_id: str) -> str:
    """Return the command that shows when and for what a key was last used."""
    return aws("iam get-access-key-last-used", access_key_id=key_id)


def look_up(attribute: str, value: str, **options: str) -> str:
    """Return the command that shows the recorded events of which an attribute has this value.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupAttribute.html
    """
    wanted = shorthand(AttributeKey=attribute, AttributeValue=value)
    return aws("cloudtrail lookup-events", **options, lookup_attributes=wanted)


def list_mfa_devices(user_name: str) -> str:
    """Return the command that shows a user's MFA devices."""
    return aws("iam list-mfa-devices", user_name=user_name)


def list_rights(user_name: str) -> tuple[str, str]:
    """Return the commands that show where a user's rights come from."""
    return (
        aws("iam list-groups-for-user", user_name=user_name),
        aws("iam list-attached-user-policies", user_name=user_name),
    )


def add_tags(kind: str, name: str, tags: dict[str, str]) -> str:
    """Return the command that tags a user or role (`kind`)."""
    pairs = tuple(shorthand(Key=key, Value=value) for key, value in tags.items())
    return aws(f"iam tag-{kind}", **{f"{kind}_name": name}, tags=pairs)


def assume_root(account_id: str, task: str) -> str:
    """Return the command with which the management account acts as the root user of a member.

    The task is the name of one of AWS's policies for it, such as IAMDeleteRootUserCredentials.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
    """
    policy = shorthand(arn=f"arn:aws:iam::aws:policy/root-task/{task}")
    return aws("sts assume-root", target_principal=account_id, task_policy_arn=policy)


def show_trust(role_name: str) -> str:
    """Return the command that shows whom a role trusts."""
    return aws("iam get-role", role_name=role_name, query="Role.AssumeRolePolicyDocument")


def change_trust(role_name: str) -> str:
    """Return the command that gives a role the trust policy in the file trust.json."""
    call = "iam update-assume-role-policy --policy-document file://trust.json"
    return aws(call, role_name=role_name)


def _set_key(user_name: str, key_id: str, status: str) -> str:
    return aws("iam update-access-key", user_name=user_name, access_key_id=key_id, status=status)


def _option(name: str, value: str | tuple[str, ...]) -> str:
    option = _flag(name)
    if isinstance(value, tuple):
        return " ".join((option, *map(_quoted, value)))
    quoted = _quoted(value)
    return f"{option} {quoted}" if quoted == value and value[0] != "-" else f"{option}={quoted}"


@cache
def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _quoted(value: str) -> str:
    """Quote for the shell, on one line: a line break would end a comment and begin a command.

    The AWS command line sends the content of a file in place of a value like file://name; no
    name in IAM has a colon, so one that looks so is an intruder's.
    """
    if _PLAIN.fullmatch(value):
        return value
    return shlex.quote(harmless(value).replace("://", ":/"))


def _member(value: str) -> str:
    if _BARE.fullmatch(value):
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
