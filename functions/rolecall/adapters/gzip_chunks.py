"""The bytes of a file, gzipped or not, up to where it is damaged."""

import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

_CHUNK_BYTES = 1 << 16
_MAGIC = b"\x1f\x8b"
_GZIP_FORMAT = 31
"""zlib's number for "gzip, with the largest window"."""

STANDARD_INPUT = Path("-")
"""What command lines call standard input."""


class DamagedFileError(ValueError):
    """The file ends too early or is damaged; what came before is as it was written."""


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield the content piece by piece; whether it is gzipped is told by its first bytes.

    The path `-` is standard input. Raises OSError when the file cannot be read, and
    DamagedFileError after the last byte that could be unpacked: Python's gzip module would drop
    what it had unpacked of the last piece.
    """
    with _opened(path) as file:
        head = file.read(len(_MAGIC))
        chunks = chain([head], iter(partial(file.read, _CHUNK_BYTES), b""))
        yield from _unpacked(chunks) if head == _MAGIC else chunks


def _opened(path: Path) -> AbstractContextManager[IO[bytes]]:
    # Standard input is not ours to close, and cannot be read from its beginning again.
    return nullcontext(sys.stdin.buffer) if path == STANDARD_INPUT else path.open("rb")


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_GZIP_FORMAT)
    for chunk in chunks:
        left = chunk
        # After the end of a gzip file may come zeros as padding, and another one: both are one.
        while left := left.lstrip(b"\0") if unpacker.eof else left:
            if unpacker.eof:
                unpacker = zlib.decompressobj(_GZIP_FORMAT)
            yield from _unpack(unpacker, left)
            left = unpacker.unused_data
    if not unpacker.eof:
        raise DamagedFileError("the gzip data ends too early")


def _unpack(unpacker: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    spare = unpacker.copy()
    try:
        yield unpacker.decompress(data)
    except zlib.error as error:
        yield b"".join(_up_to_the_damage(spare, data))
        raise DamagedFileError(f"the gzip data is damaged: {error}") from error


def _up_to_the_damage(unpacker: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    for byte in data:
        try:
            yield unpacker.decompress(bytes([byte]))
        except zlib.error:
            return
