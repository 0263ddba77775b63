"""A name as a number, the same in every process: many are few bytes, and can be kept."""

from zlib import adler32, crc32


def name_key(name: str) -> int:
    """64 bits of two checksums of different kinds: no two names of a shop likely share them."""
    told = name.encode()
    return (crc32(told) << 32 | adler32(told)) - (1 << 63)
