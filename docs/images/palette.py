"""Makes a screenshot small: its 256 most telling colours in a palette, the rest to the nearest."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGN = b"\x89PNG\r\n\x1a\n"
COLOURS = 256


def small(png: bytes) -> bytes:
    """The same picture (8 bits a channel, not interlaced) with a palette."""
    chunks = list(_chunks(png))
    width, height, _, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    channels = {2: 3, 6: 4}[kind]
    data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    rows = list(_rows(data, width * channels, channels))
    pixels = [
        [row[at : at + 3] for at in range(0, width * channels, channels)]
        for row in map(bytes, rows)
    ]
    counted = Counter(pixel for row in pixels for pixel in row)
    palette = sorted(counted, key=lambda one: -counted[one] * _weight(one))[:COLOURS]
    place = {colour: at for at, colour in enumerate(palette)}
    for colour in counted:
        if colour not in place:
            place[colour] = _nearest(colour, palette)
    packed = b"".join(b"\0" + bytes(place[pixel] for pixel in row) for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = [
        (b"IHDR", head),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(packed, 9)),
        (b"IEND", b""),
    ]
    return SIGN + b"".join(_chunk(name, body) for name, body in parts)


def _weight(colour: bytes) -> int:
    # A coloured dot is small, and says more than a shade of grey.
    return 1 + max(colour) - min(colour)


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    red, green, blue = colour
    away = [(one[0] - red) ** 2 + (one[1] - green) ** 2 + (one[2] - blue) ** 2 for one in palette]
    return away.index(min(away))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGN)
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        yield name, png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(data: bytes, length: int, step: int) -> Iterator[bytearray]:
    """Rows of bytes, their filters undone."""
    above = bytearray(length)
    for at in range(0, len(data), length + 1):
        kind, row = data[at], bytearray(data[at + 1 : at + 1 + length])
        for place in range(length) if kind else ():
            left = row[place - step] if place >= step else 0
            corner = above[place - step] if place >= step else 0
            row[place] = (row[place] + _guess(kind, left, above[place], corner)) & 255
        yield row
        above = row


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 3:
        return (0, left, up)[kind]
    if kind == 3:
        return (left + up) // 2
    guess = left + up - corner
    nearest = min((abs(guess - left), 0), (abs(guess - up), 1), (abs(guess - corner), 2))
    return (left, up, corner)[nearest[1]]
