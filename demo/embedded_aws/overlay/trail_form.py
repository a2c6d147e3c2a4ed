"""How CloudTrail writes a call: botocore's models decode it, camelCase names tell it."""

import functools
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qs, unquote

import botocore.parsers
import botocore.session
from botocore.awsrequest import HeadersDict
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape

Json: TypeAlias = Any
# CloudTrail writes the times of the oldest query services for people: "Nov 23, 2026 5:48:00 PM".
_TIMES_FOR_PEOPLE = {"iam", "sts"}
# https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
_SECOND_VERSION = {
    "AddPermission",
    "RemovePermission",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
}


@functools.cache
def service_model(service: str) -> ServiceModel:
    """Return botocore's model of a service (cached: reading one takes some 50 ms)."""
    names = {"states": "stepfunctions"}
    session = botocore.session.get_session()
    return session.get_service_model(names.get(service, service))


def find_operation(
    service: str, method: str, path: str, headers: dict[str, str], form: dict[str, str]
) -> OperationModel | None:
    """Return the operation that a request calls, or None if the model does not know it."""
    model = service_model(service)
    name = form.get("Action") or headers.get("x-amz-target", "").rpartition(".")[2]
    if name:
        return model.operation_model(name) if name in model.operation_names else None
    for pattern, verb, candidate in _routes(service):
        if verb == method and pattern.fullmatch(path):
            return model.operation_model(candidate)
    return None


@functools.cache
def _routes(service: str) -> list[tuple[re.Pattern[str], str, str]]:
    model = service_model(service)
    operations = [model.operation_model(name) for name in model.operation_names]
    routes = [(*_route(o.http["requestUri"]), o.http["method"], o.name) for o in operations]
    # The route with the fewest placeholders is the most specific one.
    return [(pattern, verb, name) for pattern, _, verb, name in sorted(routes, key=lambda r: r[1])]


def _route(uri: str) -> tuple[re.Pattern[str], int]:
    path = uri.partition("?")[0].rstrip("/")
    parts = re.split(r"\{(\w+)\+?\}", path)
    pattern = "".join(
        f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )
    return re.compile(pattern + "/?"), len(parts)


def read_form(body: bytes) -> dict[str, str]:
    """Decode the body of a query call; an empty form for any other body."""
    text = body.decode("utf-8", "replace")
    if "Action=" not in text:
        return {}
    return {key: values[0] for key, values in parse_qs(text, keep_blank_values=True).items()}


def read_request(
    operation: OperationModel, path: str, body: bytes, form: dict[str, str]
) -> dict[str, Any]:
    """Decode the parameters of a call, by the names of the API."""
    if form:
        return _from_form(operation.input_shape, "", form) or {}
    uri = operation.http["requestUri"]
    match = _route(uri)[0].fullmatch(path) if "{" in uri else None
    in_path = {name: unquote(value) for name, value in match.groupdict().items()} if match else {}
    try:
        return {**in_path, **json.loads(body or b"{}")}
    except ValueError:
        return in_path


def _from_form(shape: Shape | None, prefix: str, form: dict[str, str]) -> Json:
    if isinstance(shape, StructureShape):
        members = {
            name: _from_form(
                member, f"{prefix}.{_wire(member, name)}" if prefix else _wire(member, name), form
            )
            for name, member in shape.members.items()
        }
        return {name: value for name, value in members.items() if value is not None} or None
    if isinstance(shape, ListShape):
        stem = prefix if shape.serialization.get("flattened") else f"{prefix}.member"
        return _numbered(lambda n: _from_form(shape.member, f"{stem}.{n}", form))
    if isinstance(shape, MapShape):
        entries = _numbered(lambda n: form.get(f"{prefix}.entry.{n}.key"))
        return {
            key: _from_form(shape.value, f"{prefix}.entry.{n}.value", form)
            for n, key in enumerate(entries or [], 1)
        } or None
    return _scalar(shape, form.get(prefix))


def _wire(member: Shape, name: str) -> str:
    return str(member.serialization.get("name", name))


def _numbered(read: Callable[[int], Json | None]) -> list[Json] | None:
    values: list[Json] = []
    while (value := read(len(values) + 1)) is not None:
        values.append(value)
    return values or None


def _scalar(shape: Shape | None, text: str | None) -> Json:
    if text is None or shape is None:
        return text
    if shape.type_name == "boolean":
        return text.lower() == "true"
    return int(text) if shape.type_name in {"integer", "long"} else text


def read_answer(
    operation: OperationModel, status: int, headers: dict[str, str], body: bytes, *, query: bool
) -> dict[str, Any]:
    """Decode the answer of a call; of a refusal `{"Error": {"Code": ..., "Message": ...}}`."""
    protocol = "query" if query else str(operation.service_model.metadata["protocol"])
    if protocol == "query" and not query:
        protocol = "json"
    parser = botocore.parsers.create_parser(protocol)
    answer = {"status_code": status, "headers": HeadersDict(headers), "body": body}
    shape = operation.output_shape or StructureShape(
        "Nothing", {"type": "structure", "members": {}}
    )
    parsed: dict[str, Any] = parser.parse(answer, shape)
    return {name: value for name, value in parsed.items() if name != "ResponseMetadata"}


def trail_form(service: str, shape: Shape | None, value: Json) -> Json:
    """Write a decoded value as CloudTrail does: camelCase names, no secrets, times as text."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        return {
            name[:1].lower() + name[1:]: trail_form(service, shape.members[name], member)
            for name, member in value.items()
            if name in shape.members and not _is_hidden(shape.members[name])
        }
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [trail_form(service, shape.member, member) for member in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {key: trail_form(service, shape.value, member) for key, member in value.items()}
    if isinstance(value, datetime):
        return _time(service, value)
    return value


def _is_hidden(shape: Shape) -> bool:
    return bool(shape.metadata.get("sensitive")) or shape.type_name == "blob"


def _time(service: str, moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    if service not in _TIMES_FOR_PEOPLE:
        return utc.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{utc:%b} {utc.day}, {utc.year} {utc.hour % 12 or 12}:{utc:%M:%S} {utc:%p}"


def event_name(service: str, operation: OperationModel) -> str:
    """Return the name of a call in CloudTrail; those of Lambda carry the version of the API."""
    if service != "lambda":
        return str(operation.name)
    version = str(operation.http["requestUri"]).split("/")[1].replace("-", "")
    return f"{operation.name}{version}" + ("v2" if operation.name in _SECOND_VERSION else "")
