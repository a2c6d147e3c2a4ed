"""Pages of IAM's lists, complete or not at all."""

from collections.abc import Callable, Iterator
from typing import Any


class IncompleteAnswerError(RuntimeError):
    """IAM answered, but not with everything that was asked for."""


def pages(
    call: Callable[..., Any],
    **arguments: Any,  # noqa: ANN401 - those of the call
) -> Iterator[dict[str, Any]]:
    """Yield page after page; unlike boto3's paginators, take no missing marker for the end.

    Raises IncompleteAnswerError when the pages do not come to an end of their own.
    """
    seen: set[str | None] = {None}
    page = call(**arguments)
    yield page
    while page.get("IsTruncated"):
        marker = page.get("Marker")
        if marker in seen:
            raise IncompleteAnswerError(
                "the answer says that there is more, without a new marker to ask for it"
            )
        seen.add(marker)
        page = call(**arguments, Marker=marker)
        yield page


def items(
    call: Callable[..., Any],
    member: str,
    **arguments: Any,  # noqa: ANN401 - those of the call
) -> Iterator[dict[str, Any]]:
    """Yield what the pages list under that member."""
    for page in pages(call, **arguments):
        yield from page[member]
