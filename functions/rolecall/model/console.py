"""Who can sign in to the console: the people among the IAM users."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.credentials import Credentials, Password
from rolecall.model.principals import User


def console_users(account: Account) -> Iterator[tuple[User, Credentials, Password]]:
    """Yield every IAM user that has a password, with its credentials; the root user is none."""
    for user, credentials in account.credentials():
        if credentials.password:
            yield user, credentials, credentials.password


def has_console_users(account: Account) -> bool:
    """Tell whether any IAM user signs in here, as far as the credential report says."""
    return any(True for _ in console_users(account))
