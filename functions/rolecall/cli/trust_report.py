"""Outsiders in a terminal or as JSON: who, on what terms, what they can do, since when."""

from collections.abc import Iterator, Sequence

from rolecall.cli.documents import print_documents
from rolecall.cli.finding_list import counted
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_facts, print_heading
from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Kind
from rolecall.model.admission.rights import shortened
from rolecall.model.completeness import Part
from rolecall.model.evidence import Json
from rolecall.model.timestamps import format_day, format_time
from rolecall.services.list_outsiders import Opening, Outsider

_HEADINGS = {
    Kind.PUBLIC: "Anyone in any AWS account",
    Kind.ACCOUNT: "Account {}",
    Kind.ORGANIZATION: "Organization {}",
    Kind.OIDC: "Tokens of {}",
    Kind.SAML: "SAML provider {}",
    Kind.CERTIFICATE: "Certificates, through Roles Anywhere",
}


def print_outsiders(
    outsiders: Sequence[Outsider], accounts: Sequence[Account], output: Format
) -> None:
    """Print the outsiders, and which accounts' organization is not known."""
    if output is not Format.TABLE:
        print_documents(map(_document, outsiders), output)
    to = console(stderr=output is not Format.TABLE)
    if output is Format.TABLE:
        for outsider in outsiders:
            print_heading(to, _heading(outsider))
            for opening in outsider.openings:
                print_facts(to, _facts(opening))
        to.print()
    roles = {opening.role for outsider in outsiders for opening in outsider.openings}
    to.print(
        f"{counted(len(outsiders), 'outsider')}, {counted(len(roles), 'role')}"
        f" in {counted(len(accounts), 'account')}."
    )
    for account in accounts:
        if account.lacks(Part.ORGANIZATION):
            to.print(
                f"The organization of account {account.id} is not known: some of the accounts"
                " named may belong to it."
            )


def _heading(outsider: Outsider) -> str:
    is_arn = outsider.id.startswith("arn:")
    shown = outsider.id.partition("-provider/")[2] if is_arn else outsider.id
    name = outsider.name or ("owner not known" if outsider.kind is Kind.ACCOUNT else "")
    heading = _HEADINGS[outsider.kind].format(shown)
    return f"{heading} ({name})" if name and name != shown else heading


def _facts(opening: Opening) -> Iterator[tuple[str, str]]:
    yield "  Role", opening.role + (f" in {opening.file}" if opening.file else "")
    if opening.subject:
        yield "  Who", opening.subject
    terms = ", ".join(opening.conditions) or "none"
    yield "  Terms", f"{terms}; {_verdict(opening)}"
    yield "  May", _rights(opening)
    yield "  Since", f"{format_day(opening.created_at)}, when the role was made"
    yield "  Used", _use(opening)


def _verdict(opening: Opening) -> str:
    if opening.blocked_by:
        return f"blocked by {opening.blocked_by}"
    return opening.verdict


def _rights(opening: Opening) -> str:
    if opening.is_administrator is None:
        return "not known: not all of its policies could be read"
    if opening.is_administrator:
        return "everything: it is an administrator"
    if not opening.services:
        return "nothing"
    where = f"act in {shortened(opening.services)}"
    return f"{', '.join(opening.classes)} everywhere; {where}" if opening.classes else where


def _use(opening: Opening) -> str:
    use = opening.last_use
    if use.at:
        return f"last on {format_day(use.at)}{f' in {use.region}' if use.region else ''}"
    return str(use.use)


def _document(outsider: Outsider) -> dict[str, Json]:
    return {
        "outsider": outsider.id,
        "kind": outsider.kind,
        "name": outsider.name or None,
        "source": outsider.source or None,
        "roles": [_opening(each) for each in outsider.openings],
    }


def _opening(opening: Opening) -> dict[str, Json]:
    return {
        "role": opening.role,
        "file": opening.file or None,
        "verdict": opening.verdict,
        "blocked_by": opening.blocked_by or None,
        "subject": opening.subject or None,
        "conditions": list(opening.conditions),
        "is_administrator": opening.is_administrator,
        "sensitive_classes": list(opening.classes),
        "services": list(opening.services),
        "created_at": format_time(opening.created_at),
        "use": str(opening.last_use.use),
        "last_used_at": format_time(opening.last_use.at) if opening.last_use.at else None,
    }
