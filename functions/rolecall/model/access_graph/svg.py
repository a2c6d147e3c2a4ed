"""Chains as pictures: boxes for principals, arrows for steps, in SVG."""

from collections.abc import Iterator
from textwrap import wrap
from xml.sax.saxutils import escape

from rolecall.model.access_graph.chain import Certainty, Chain, Step
from rolecall.model.access_graph.words import how_of, name_beside, provisos, result_of, rights_of
from rolecall.model.plain_text import harmless

_WIDTH = 720
_MARGIN = 24
_BOX_HEIGHT = 48
_LINE_HEIGHT = 18
_COLUMN = 56
"""Where the arrows run, from the left."""
_CHARACTERS = 88
"""How many of them fit beside the arrow."""
_FILLS = {"user": "#e8f0fe", "role": "#e6f4ea", "group": "#fef7e0", "account": "#fce8e6"}
_STROKES = {"user": "#1a56b0", "role": "#1e7b3c", "group": "#8a6100", "account": "#b3261e"}
_DASHES = {
    Certainty.GRANTED: "",
    Certainty.DEPENDENT: ' stroke-dasharray="7 4"',
    Certainty.CONDITIONAL: ' stroke-dasharray="2 4"',
}


def drawn(chain: Chain) -> str:
    """Return a picture of the chain, from the principal at the top to its goal at the bottom.

    What depends on something that IAM does not show is dashed, what depends on a condition dotted.
    """
    parts: list[str] = [_box(chain.start, chain, "", _MARGIN)]
    y = _MARGIN + _BOX_HEIGHT
    for step in chain.steps:
        lines = _label(step)
        length = len(lines) * _LINE_HEIGHT + 22
        parts += _arrow(step, lines, y, length)
        y += length
        parts.append(_box(step.target, chain, result_of(step), y))
        y += _BOX_HEIGHT
    for line in _foot(chain):
        y += _LINE_HEIGHT
        parts.append(_text(line, _MARGIN, y + 4, size=12, color="#5f6368"))
    return _page(parts, y + _MARGIN)


def _page(parts: list[str], height: int) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" font-family="system-ui, Helvetica, Arial, sans-serif"'
        ' role="img">'
    )
    marker = (
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7"'
        ' markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="#3c4043"/></marker></defs>'
    )
    ground = f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, marker, ground, *parts, "</svg>\n"])


def _box(arn: str, chain: Chain, note: str, y: int) -> str:
    name = name_beside(arn, chain.start)
    kind, _, rest = name.partition(" ")
    shade = "account" if note else kind
    fill, stroke = _FILLS.get(shade, "#f1f3f4"), _STROKES.get(shade, "#3c4043")
    width = _WIDTH - 2 * _MARGIN
    frame = (
        f'<rect x="{_MARGIN}" y="{y}" width="{width}" height="{_BOX_HEIGHT}" rx="8"'
        f' fill="{fill}" stroke="{stroke}" stroke-width="1.5"><title>{_safe(arn)}</title></rect>'
    )
    above = f"{kind}, {note}" if note else kind
    return "\n".join(
        [
            frame,
            _text(above, _MARGIN + 14, y + 18, size=11, color=stroke),
            _text(_short(rest), _MARGIN + 14, y + 37, size=15, color="#202124", weight=600),
        ]
    )


def _arrow(step: Step, lines: list[str], y: int, length: int) -> Iterator[str]:
    yield (
        f'<path d="M{_COLUMN} {y}V{y + length - 2}" fill="none" stroke="#3c4043" stroke-width="1.5"'
        f'{_DASHES[step.certainty]} marker-end="url(#tip)"/>'
    )
    for i, line in enumerate(lines):
        color, weight = ("#202124", 500) if i == 0 else ("#5f6368", 400)
        baseline = y + 22 + i * _LINE_HEIGHT
        yield _text(line, _COLUMN + 18, baseline, size=13, color=color, weight=weight)


def _label(step: Step) -> list[str]:
    return [*wrap(how_of(step), _CHARACTERS), *wrap(", ".join(rights_of(step)), _CHARACTERS)]


def _foot(chain: Chain) -> Iterator[str]:
    for line in provisos(chain):
        yield from wrap(line, _CHARACTERS + 20)


def _short(name: str) -> str:
    return name if len(name) <= _CHARACTERS - 12 else f"{name[: _CHARACTERS - 13]}…"


def _text(  # noqa: PLR0913 - all of them belong to the element
    text: str, x: int, y: int, *, size: int, color: str, weight: int = 400
) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{color}">'
        f"{_safe(text)}</text>"
    )


def _safe(text: str) -> str:
    """Return text for XML, which takes no control characters, not even as references."""
    return escape(harmless(text))
