"""What moto says otherwise than AWS, put right."""

from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

from moto.core import DEFAULT_ACCOUNT_ID

from tests.adapters.iam_answers import REPORT_COLUMNS, report_text, root_row
from tests.builders import ACCOUNT


def correct_credential_report(session, generated_at=None):
    """Give the reports that this session reads a root user and a date.

    moto's reports have no row for the root user and are all of 2015-02-02.
    """

    def correct(parsed, **_):
        if "Content" in parsed:
            header, _, rows = parsed["Content"].decode().partition("\n")
            assert header.split(",") == REPORT_COLUMNS
            root = report_text(root_row()).replace(ACCOUNT, DEFAULT_ACCOUNT_ID)
            parsed["Content"] = (root + rows).encode()
            parsed["GeneratedTime"] = generated_at or datetime.now(UTC)

    session.events.register("after-call.iam.GetCredentialReport", correct)


def answer_what_moto_lacks(session):
    """Answer, empty, the calls of a snapshot that moto has not heard of."""
    for operation, answer in (
        ("ListServiceSpecificCredentials", {"ServiceSpecificCredentials": []}),
        ("ListOrganizationsFeatures", {"EnabledFeatures": ["RootCredentialsManagement"]}),
    ):
        session.events.register(f"before-call.iam.{operation}", partial(_answer, answer))


def _answer(content, **_):
    return SimpleNamespace(status_code=200, headers={}), dict(content)
