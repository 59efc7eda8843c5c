"""Whether a PDF has layers (图层) that may be switched off: told from its bytes, for the library does not say."""

from __future__ import annotations

import re
import zlib

# The lists of layers that are off (ISO 32000-1, 8.11.4), and layers that depend on others.
_OFF = re.compile(rb"/OFF\s*\[\s*\d|/OFF\s+\d+\s+\d+\s+R|/BaseState\s*/OFF|/ViewState\s*/OFF|/OCMD\b")
_PACKED = re.compile(rb"/ObjStm\b")
_BEGIN, _END = re.compile(rb"stream\r?\n"), b"endstream"
_MOST = 16 * 1024**2  # bytes of an object stream


def may_be_switched_off(data: bytes) -> bool:
    """True too where the objects can't be unpacked."""
    if _OFF.search(data):
        return True
    for match in _PACKED.finditer(data):
        begin = _BEGIN.search(data, match.end())
        end = data.find(_END, begin.end()) if begin else -1
        if begin is None or end < 0:
            continue
        try:
            if _OFF.search(zlib.decompressobj().decompress(memoryview(data)[begin.end() : end], _MOST)):
                return True
        except zlib.error:  # locked, or packed otherwise
            return True
    return False
