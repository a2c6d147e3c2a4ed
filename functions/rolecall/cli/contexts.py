"""What is known of a request, as options of a command line."""

from typing import Annotated, TypeAlias

import typer

ContextOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--context",
        metavar="KEY=VALUE",
        help="What is known of the request, such as aws:MultiFactorAuthPresent=true; may be"
        " repeated, for one key too. What is not said is not known, and leaves answers open.",
        show_default=False,
    ),
]


def parse_context(options: list[str] | None) -> dict[str, tuple[str, ...]]:
    """Read KEY=VALUE pairs; a key that is there twice has both values."""
    context: dict[str, tuple[str, ...]] = {}
    for option in options or ():
        key, equals, value = option.partition("=")
        if not equals or ":" not in key:
            raise typer.BadParameter(f"{option!r} is no KEY=VALUE with a condition key")
        context[key] = (*context.get(key, ()), value)
    return context
