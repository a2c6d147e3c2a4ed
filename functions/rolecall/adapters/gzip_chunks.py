"""The bytes of a file, gzipped or not, up to where it is damaged."""

import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

_CHUNK_BYTES = 1 << 16
_MAGIC = b"\x1f\x8b"
_GZIP_FORMAT = 31
"""zlib's number for "gzip, with the largest window"."""


class DamagedFileError(ValueError):
    """The file ends too early or is damaged; what came before is as it was written."""


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield the content piece by piece; whether it is gzipped is told by its first bytes.

    Raises OSError when the file cannot be read, and DamagedFileError after the last byte that
    could be unpacked: Python's gzip module would drop what it had unpacked of the last piece.
    """
    with path.open("rb") as file:
        is_gzip = file.read(len(_MAGIC)) == _MAGIC
        file.seek(0)
        chunks = iter(partial(file.read, _CHUNK_BYTES), b"")
        yield from _unpacked(chunks) if is_gzip else chunks


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_GZIP_FORMAT)
    for chunk in chunks:
        left = chunk
        while left:
            if unpacker.eof:
                # Several gzip files in a row are one.
                unpacker = zlib.decompressobj(_GZIP_FORMAT)
            yield from _unpack(unpacker, left)
            left = unpacker.unused_data.lstrip(b"\0")
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
