"""What an XLS (Excel 97-2003, [MS-XLS]) shows beside its cells: text boxes and form controls, chart texts, headers and
footers, input prompts; comments, names and the words of number formats are listed."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

import olefile

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.letterhead import Furniture, kept
from pipeline.ingest.readers import Line, Reading

_BEGIN, _END = 0x0809, 0x000A
_HEADER, _FOOTER, _OBJECT, _TEXT, _CONTINUE, _RULE, _CHART_TEXT = 0x14, 0x15, 0x5D, 0x1B6, 0x3C, 0x1BE, 0x100D
_FORMAT, _NAME, _BACKGROUND = 0x041E, 0x18, 0xE9
_SHEET, _NOTE = 0x0010, 0x19
_WRITTEN_OUT, _NAME_HEAD = 0x17, 14  # the token of a string in a formula; what stands in a name's record before the name
_UNSHOWN = {_FORMAT: "数字格式中的文字", _NAME: "定义的名称"}
_LITERAL = re.compile(r'"([^"]+)"')
_SHOWN = 2000
_CODE = re.compile(r'&(?:"[^"]*"|\d{1,3}|[A-Z])')
_SECTION = re.compile(r"&[LCR]")


def add_record_parts(data: bytes, reading: Reading) -> None:
    """Put these texts behind the rows of the workbook. A damaged stream is left to the reader of the cells."""
    furniture: list[Furniture] = []
    found: list[Line] = []
    unshown: dict[int, list[str]] = {kind: [] for kind in _UNSHOWN}
    for page, kind, text in _texts(_workbook(data)):
        if kind == _NOTE:
            reading.parts.append(Part(PartKind.NOTE, f"第{page}张表的批注", PartOutcome.LISTED, text[:_SHOWN]))
        elif kind == _BACKGROUND:
            detail = "工作表的背景图片，不能识别其中的文字"
            reading.parts.append(Part(PartKind.PICTURE, f"第{page}张表的背景图片", PartOutcome.UNREAD, detail))
        elif kind in _UNSHOWN:
            unshown[kind].append(text)
        elif kind in (_HEADER, _FOOTER):
            sections = [each for part in _SECTION.split(text) if (each := _CODE.sub("", part).strip())]
            furniture.append(Furniture("header" if kind == _HEADER else "footer", sections))
        else:
            found.extend(Line(each, page) for each in re.split("[\r\n]+", text) if each.strip())
    reading.lines.extend(found)
    reading.lines.extend(kept(furniture, reading.lines, reading.parts))
    for kind, place in _UNSHOWN.items():
        list_beside(reading, place, unshown[kind])


def _workbook(data: bytes) -> bytes:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return ole.openstream("Workbook").read() if ole.exists("Workbook") else b""
    except (OSError, IndexError, KeyError, ValueError, TypeError):
        return b""


def _texts(stream: bytes) -> Iterator[tuple[int, int, str]]:
    """Each text with the number of its sheet and what bears it: a record's type, or `_NOTE` for a comment."""
    page, depth, bearer, waiting = 0, 0, 0, False
    for kind, body in _records(stream):
        if kind == _BEGIN:
            page += depth == 0 and struct.unpack_from("<H", body, 2)[0] == _SHEET
            depth += 1
        elif kind == _END:
            depth = max(depth - 1, 0)
        elif kind in (_HEADER, _FOOTER) and len(body) > 3:
            yield page, kind, _string(body, 2)[0]
        elif kind == _OBJECT and len(body) >= 6:
            bearer = struct.unpack_from("<H", body, 4)[0]
        elif kind == _CHART_TEXT and len(body) > 4:
            yield page, kind, _string(body, 2, narrow=True)[0]
        elif kind == _BACKGROUND:
            yield page, kind, ""
        elif kind == _FORMAT and len(body) > 4:
            yield from ((page, kind, text) for text in _LITERAL.findall(_string(body, 2, 2)[0]))
        elif kind == _NAME and len(body) > _NAME_HEAD:
            yield from ((page, kind, text) for text in _value_of_name(body))
        elif kind == _RULE and len(body) > 4:
            yield from ((page, kind, text) for text in _prompts(body))
        elif kind == _CONTINUE and waiting and body:
            text = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")
            yield page, _NOTE if bearer == _NOTE else _TEXT, text.strip("\0")
        waiting = kind == _TEXT and len(body) >= 12 and struct.unpack_from("<H", body, 10)[0] > 0


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _string(body: bytes, head: int, at: int = 0, *, narrow: bool = False) -> tuple[str, int]:
    """A string whose length stands in front of it, and where it ends; ``narrow`` where the length is one byte behind two."""
    if narrow:
        count, at = body[head], head + 1
    else:
        (count,), at = struct.unpack_from("<H", body, at), at + head
    wide = body[at] & 1
    end = at + 1 + count * (1 + wide)
    return body[at + 1 : end].decode("utf-16-le" if wide else "latin-1", "replace").strip("\0"), end


def _value_of_name(body: bytes) -> Iterator[str]:
    """The text that a name stands for, where it stands for one ([MS-XLS] 2.4.150)."""
    at = _NAME_HEAD + 1 + body[3] * (1 + (body[_NAME_HEAD] & 1))
    if len(body) > at + 2 and body[at] == _WRITTEN_OUT:
        yield body[at + 3 :].decode("utf-16-le" if body[at + 2] & 1 else "latin-1", "replace")[: body[at + 1]]


def _prompts(body: bytes) -> Iterator[str]:
    """Title and text of the prompt and of the error message of an input rule ([MS-XLS] 2.4.92)."""
    at = 4
    try:
        for _ in range(4):
            text, at = _string(body, 2, at)
            if text.strip():
                yield text
    except (struct.error, IndexError):
        return
