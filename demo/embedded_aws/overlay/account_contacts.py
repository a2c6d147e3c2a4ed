"""The alternate contacts of an account.

https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from typing import Any

from demo.embedded_aws.emulator import Untyped, account, responses

_contacts: dict[tuple[str, str], dict[str, Any]] = {}


def _put(payload: dict[str, Any]) -> Untyped:
    _contacts[responses.get_account_id(), payload["AlternateContactType"]] = payload
    return account._json(200, {})


def _get(payload: dict[str, Any]) -> Untyped:
    contact = _contacts.get((responses.get_account_id(), payload["AlternateContactType"]))
    if contact is None:
        message = "No contact of the inputted alternate contact type found."
        return account.error_response_json("ResourceNotFoundException", message, 404)
    return account._json(200, {"AlternateContact": contact})


account._DISPATCH.update({"/putAlternateContact": _put, "/getAlternateContact": _get})
