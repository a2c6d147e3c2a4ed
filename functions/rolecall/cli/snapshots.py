"""The account that a question is about: a live one, or one that was exported to files."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolecall.model.account import Account

_NO_DETAILS = "this is not what get-account-authorization-details prints"

DetailsOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--details",
        metavar="FILE",
        help="What `aws iam get-account-authorization-details` printed, instead of a live account;"
        " may be repeated, page by page; - is standard input.",
        show_default=False,
    ),
]


def snapshot(details: "Sequence[str] | None", profile: str | None, region: str | None) -> "Account":
    """Return the exported account when files are named, and the live one otherwise."""
    return _exported(details) if details else live(profile, region)


def live(profile: str | None, region: str | None) -> "Account":
    """Read the account that the credentials belong to."""
    from rolecall.cli.problems import aws_problems_told
    from rolecall.cli.terminal import progress

    with aws_problems_told(), progress("Connecting to AWS") as tell:
        from rolecall import bootstrap

        session = bootstrap.session(profile, region)
        account_id = bootstrap.own_account_id(session)
        tell(f"Reading account {account_id}")
        return bootstrap.own_account(session, account_id)


def _exported(files: "Sequence[str]") -> "Account":
    from datetime import UTC, datetime

    from rolecall.cli.problems import CommandError
    from rolecall.model.account import Gap, Part
    from rolecall.services.assemble import REPORT_CALL, RawAccount, assemble

    pages = [_page(file) for file in files]
    partition, account_id = _account_of(pages, files)
    raw = RawAccount(
        id=account_id,
        partition=partition,
        taken_at=datetime.now(UTC),
        details=pages,
        report=Gap(Part.CREDENTIAL_REPORT, REPORT_CALL, "it was not exported"),
    )
    account = assemble(raw)
    for gap in account.gaps:
        if gap.is_total or gap.part == Part.AUTHORIZATION_DETAILS:
            raise CommandError(f"{' '.join(files)}: {gap.error}")
    return account


def _account_of(pages: "Sequence[dict[str, Any]]", files: "Sequence[str]") -> tuple[str, str]:
    """Return the partition and the id of the account that the pages are about."""
    from rolecall.cli.problems import CommandError

    kinds = ("UserDetailList", "RoleDetailList")
    try:
        arns = [each["Arn"] for page in pages for kind in kinds for each in page.get(kind, ())]
        _, partition, _, _, account_id, _ = arns[0].split(":", 5)
    except IndexError:
        raise CommandError(f"{' '.join(files)}: no user or role is in there") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CommandError(f"{' '.join(files)}: {_NO_DETAILS}") from None
    return partition, account_id


def _page(file: str) -> dict[str, Any]:
    from rolecall.cli.problems import CommandError

    content = json_of(file)
    if not isinstance(content, dict):
        raise CommandError(f"{file}: {_NO_DETAILS}")
    return content


def json_of(file: str) -> Any:  # noqa: ANN401 - any JSON
    """Read a file of JSON; raise CommandError."""
    import json

    from rolecall.cli.problems import CommandError

    try:
        return json.loads(text_of(file))
    except ValueError as error:
        raise CommandError(f"{file}: no JSON: {error}") from None
    except RecursionError:
        raise CommandError(f"{file}: no JSON: nested too deeply") from None


def text_of(file: str) -> str:
    """Read a file of text, `-` for standard input; raise CommandError."""
    import sys
    from pathlib import Path

    from rolecall.cli.problems import CommandError

    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file}: this is no text in UTF-8") from None
