"""IAM's lists in pages: `MaxItems`, `Marker` and `IsTruncated`, as AWS cuts them."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from xml.etree import ElementTree as ET

from demo.embedded_aws.emulator import Untyped, iam, replaces

_NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/"
_DEFAULT_PAGE = 100
_PAGED_LISTS_OF_GET = {"GetAccountAuthorizationDetails", "GetGroup"}


@replaces(iam, "handle_request")
async def _in_pages(original: Untyped, *request: Untyped) -> Untyped:
    _method, _path, _headers, body, _query = request
    status, answer_headers, answer = await original(*request)
    form = iam.parse_qs(body.decode()) if body else {}
    action = iam._p(form, "Action")
    if status == 200 and (action.startswith("List") or action in _PAGED_LISTS_OF_GET):  # noqa: PLR2004 - HTTP
        limit = int(iam._p(form, "MaxItems") or _DEFAULT_PAGE)
        answer = _cut(answer, int(iam._p(form, "Marker") or 0), limit)
    return status, answer_headers, answer


def _cut(answer: bytes, start: int, limit: int) -> bytes:
    """Keep the members from `start` on, at most `limit`, counted through all lists in turn."""
    if answer.count(b"<member>") <= limit and not start:
        return answer
    ET.register_namespace("", _NAMESPACE)
    tree = ET.fromstring(answer)  # noqa: S314 - our own emulator wrote it
    result = tree[0]
    lists = [child for child in result if any(_is_member(m) for m in child)]
    members = [(held, member) for held in lists for member in held]
    for held, member in members[:start] + members[start + limit :]:
        held.remove(member)
    if len(members) > start + limit:
        _set(result, "IsTruncated", "true")
        _set(result, "Marker", str(start + limit))
    return bytes(ET.tostring(tree, encoding="UTF-8", xml_declaration=True))


def _is_member(element: ET.Element) -> bool:
    return element.tag == f"{{{_NAMESPACE}}}member"


def _set(result: ET.Element, name: str, text: str) -> None:
    tag = f"{{{_NAMESPACE}}}{name}"
    element = result.find(tag)
    (ET.SubElement(result, tag) if element is None else element).text = text
