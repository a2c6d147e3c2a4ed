"""What the pages say is true: links lead somewhere, commands exist, generated pages are fresh."""

import json
import re
import shlex
from pathlib import Path

import pytest
import typer

from rolecall.catalog import CHECKS, DETECTIONS, RULES
from rolecall.cli.app import app
from rolecall.model.finding import Status
from rolecall.model.finding_document import finding_document
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.services.audit import judge
from rolecall.services.replay import Replay
from tests.builders import NOW, account, finding, held, record, root_identity, user
from tests.fakes import an_event_judge
from tools.pages import pages

ROOT = Path(__file__).parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
SCHEMA = json.loads((ROOT / "docs/finding.schema.json").read_text())
JSON_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
PLACEHOLDERS = {
    "DATE": "2026-11-23",
    "DAY": "2027-01-31",
    "ID": "111122223333",
    "KEY_ID": "AKIAIOSFODNN7EXAMPLE",
}
"""What stands in place of a value on our pages, where the value has a form, and one that has it."""
CODE_BLOCK = re.compile(r"^```\w*\n(.*?)^```", flags=re.DOTALL | re.MULTILINE)

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@pytest.mark.parametrize(("page", "text"), pages().items(), ids=lambda value: str(value)[-20:])
def test_a_generated_page_is_what_make_docs_writes(page, text):
    assert page.read_text() == text, "run `make docs`"


@each_page
def test_every_link_leads_to_something_that_exists(page):
    broken = [link for link in links(page) if not leads_somewhere(page, link)]

    assert not broken


@each_page
def test_every_command_line_can_be_typed_as_it_is_written(page):
    wrong = [line for line in command_lines(page) if not is_understood(line)]

    assert not wrong


def test_the_page_of_the_command_line_shows_every_command():
    shown = {tuple(words(line)[:2]) for line in command_lines(ROOT / "docs/command-line.md")}

    assert commands() <= shown | {first[:1] for first in shown}


@pytest.mark.parametrize(
    "line",
    [
        "rolecall adit",
        "rolecall audit --fast",
        "rolecall findings list --limit many",
        "rolecall explain RULE --account ACCOUNT",
    ],
)
def test_a_command_line_that_cannot_be_typed_is_noticed(line):
    assert not is_understood(line)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_changelog_mentions_every_rule(rule):
    assert f"`{rule.id}`" in (ROOT / "CHANGELOG.md").read_text()


def test_the_schema_describes_every_member_of_a_finding():
    document = finding_document(finding())

    assert list(document) == SCHEMA["required"]
    assert set(SCHEMA["properties"]) == {*document, "file", "line", "position"}
    assert all(each["description"] for each in SCHEMA["properties"].values())


def test_the_schema_knows_the_words_of_the_model():
    members = SCHEMA["properties"]

    assert members["severity"]["enum"] == [severity.name for severity in Severity]
    assert members["status"]["enum"] == list(Status)
    assert members["kind"]["enum"] == sorted({rule.kind for rule in RULES})


def test_findings_of_checks_are_as_the_schema_says():
    administrator = user("mallory", policies=(held("*"),))

    found = judge(account(administrator), CHECKS, Settings(), "over-privilege/run-1").findings

    assert "administrator-access" in {each.rule for each in found}
    assert not [wrong for each in found for wrong in violations(finding_document(each))]


def test_findings_of_detections_are_as_the_schema_says():
    by_root = record("CreateUser", actor=root_identity())

    [judged] = Replay(an_event_judge(DETECTIONS, Settings())).run([(1, by_root)])

    [found] = judged.findings
    assert not violations({**finding_document(found), "file": "-", "line": 1, "position": 1})


def test_findings_that_are_over_are_as_the_schema_says():
    over = finding(status=Status.RESOLVED, resolved_at=NOW, principal=None)

    assert not violations(finding_document(over))


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("severity", "TERRIBLE"),
        ("commands", "aws"),
        ("references", ["http://example.com"]),
        ("changed_at", "2026-11-23"),
        ("summary", None),
        ("line", 0),
    ],
)
def test_what_is_not_as_the_schema_says_is_noticed(member, value):
    assert violations({**finding_document(finding()), member: value}) == [member]


def violations(document):
    """Return the members that are not as the schema says, missing and undescribed ones too."""
    described = SCHEMA["properties"]
    wrong = [name for name in SCHEMA["required"] if name not in document]
    return wrong + [
        name
        for name, value in document.items()
        if name not in described or not conforms(value, described[name])
    ]


def conforms(value, schema):
    """Judge by the keywords that our schema uses."""
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    return (
        (not types or isinstance(value, tuple(JSON_TYPES[name] for name in types)))
        and value in schema.get("enum", [value])
        and (not isinstance(value, str) or re.search(schema.get("pattern", ""), value) is not None)
        and (not isinstance(value, int) or value >= schema.get("minimum", value))
        and (
            not isinstance(value, list)
            or all(conforms(each, schema.get("items", {})) for each in value)
        )
    )


def links(page):
    """Return the links of a page that lead to the repository itself."""
    prose = re.sub(r"`[^`\n]*`", "", CODE_BLOCK.sub("", page.read_text()))
    targets = re.findall(r"\]\(([^)\s]+)\)", prose)
    return [target for target in targets if not re.match(r"https?:|mailto:", target)]


def leads_somewhere(page, link):
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page):
    """Return the anchors that GitHub gives to the headings of a page."""
    prose = CODE_BLOCK.sub("", page.read_text())
    headings = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def command_lines(page):
    """Return everything that a page shows as a command line of ours."""
    text = page.read_text()
    blocks = CODE_BLOCK.findall(text)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = re.findall(r"`([^`\n]+)`", CODE_BLOCK.sub("", text))
    commands = [part.strip() for line in lines + inline for part in re.split(r"[|;>]|&&", line)]
    ours = (re.match(r"(?:\$ )?(?:\S*/)?(rolecall(?: .*)?)$", command) for command in commands)
    return [command[1] for command in ours if command and " " in command[1]]


def words(line):
    typed = (PLACEHOLDERS.get(word, word) for word in shlex.split(line, comments=True)[1:])
    return [word for word in typed if word != "..."]


def commands():
    """Return every command by its words."""
    tree = typer.main.get_command(app).commands
    return {
        (name, *below)
        for name, command in tree.items()
        for below in [(each,) for each in getattr(command, "commands", {})] or [()]
    }


def is_understood(line):
    """Tell whether the commands and options of a line exist and their values are possible."""
    command, rest = typer.main.get_command(app), words(line)
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]
    if hasattr(command, "commands"):
        return {*rest} <= {option for each in command.params for option in each.opts} | {"--help"}
    try:
        # Prose that only names the command gives no arguments.
        return not rest or command.make_context("rolecall", rest) is not None
    except typer.TyperException:
        return False
