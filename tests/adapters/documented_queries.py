"""The examples of docs/queries.md: found on the page, and AWS commands made into calls."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import jmespath
from botocore import xform_name

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"

_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LOOP = re.compile(r"for (\w+) in (.+); do\n(.*)\ndone", re.DOTALL)
_OUTPUT_OPTIONS = ("query", "output")


@dataclass(frozen=True)
class Question:
    """One section of the page: the same question in three languages."""

    title: str
    rolecall: str
    aws: str
    python: str


def prelude():
    """Return the Python that the page's other Python needs."""
    [(language, code)] = _BLOCK.findall(_SECTION.split(PAGE.read_text())[0])
    assert language == "python"
    return code


def questions(table):
    """Return the questions of the page that are asked of a table."""
    _, *sections = _SECTION.split(PAGE.read_text())
    found = [
        Question(title, *(code for _, code in _BLOCK.findall(body)))
        for title, body in zip(sections[::2], sections[1::2], strict=True)
    ]
    return [question for question in found if f"--table-name {table} " in question.aws]


def run_aws(script, client):
    """Run a shell script of `aws dynamodb` commands and loops over them; return all items."""
    return [item for command in _unrolled(script.strip()) for item in _run(command, client)]


def _unrolled(script):
    loop = _LOOP.fullmatch(script)
    if not loop:
        return [script]
    variable, words, body = loop.groups()
    return [body.replace(f"${variable}", word) for word in words.split()]


def _run(command, client):
    program, service, operation, *options = shlex.split(command.replace("\\\n", " "))
    assert (program, service) == ("aws", "dynamodb")
    shape = client.meta.service_model.operation_model(_pascal(operation)).input_shape
    arguments, output = _arguments(options, shape)
    answer = getattr(client, operation.replace("-", "_"))(**arguments)
    if "query" in output:
        rows = jmespath.search(output["query"], answer)
        assert all(None not in row for row in rows), f"an empty column: {output['query']}"
    return answer["Items"] if "Items" in answer else [answer["Item"]]


def _arguments(options, shape):
    """Read options as the AWS command line does: names from the service's model, values typed."""
    members = {xform_name(name, "-"): name for name in shape.members}
    arguments, output = {}, {}
    words = iter(options)
    for word in words:
        name = word.removeprefix("--")
        if name in _OUTPUT_OPTIONS:
            output[name] = next(words)
        elif name.startswith("no-"):
            arguments[members[name.removeprefix("no-")]] = False
        else:
            arguments[members[name]] = _typed(next(words), shape.members[members[name]])
    return arguments, output


def _typed(value, shape):
    return value if shape.type_name == "string" else json.loads(value)


def _pascal(operation):
    return "".join(word.capitalize() for word in operation.split("-"))
