"""Compressed RTF, in which Outlook keeps the body of a message ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

# What every text is taken to begin with, so that the first words of an RTF need not be written out.
_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    b"SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_HEAD = struct.Struct("<IIII")
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_MOST = 64 * 1024**2


def unpacked(data: bytes) -> bytes:
    """The RTF. Raises ValueError where the data is none of this kind, or is cut."""
    if len(data) < _HEAD.size:
        raise ValueError("no compressed RTF")
    _, size, kind, _ = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if kind == _PLAIN:
        return body[:size]
    if kind != _PACKED or size > _MOST:
        raise ValueError("no compressed RTF")
    return _decompressed(body, size)


def _decompressed(body: bytes, size: int) -> bytes:
    """Runs of eight: a byte whose bits say of each piece that follows whether it is a byte itself or a place in the window
    with a length."""
    out, at = bytearray(_BEGINNING), 0
    try:
        while len(out) - len(_BEGINNING) < size:
            marks, at = body[at], at + 1
            for bit in range(8):
                if not marks >> bit & 1:
                    out.append(body[at])
                    at += 1
                    continue
                place, length = divmod(body[at] << 8 | body[at + 1], 16)
                at += 2
                back = (len(out) - place) % _WINDOW
                if not back:
                    return bytes(out[len(_BEGINNING) :])
                for _ in range(length + 2):
                    out.append(out[-back] if back <= len(out) else 0)
    except IndexError:
        raise ValueError("compressed RTF is cut") from None
    return bytes(out[len(_BEGINNING) : len(_BEGINNING) + size])
