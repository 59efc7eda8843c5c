"""RTF, by a small reader of its own.

striprtf loses what an official document's RTF holds besides plain paragraphs: table cells, text boxes, footnotes,
deletions, a GBK character whose second byte is written as a letter. The format is a stream of groups, control words and
bytes (Rich Text Format Specification 1.9.1), so it is walked once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.word import rtf_words as words
from pipeline.ingest.word.flow import Flow, whole
from pipeline.ingest.word.letterhead import marks

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.S
)
_MAX_DEPTH = 10_000


@reader("rtf")
def read_rtf(data: bytes) -> Reading:
    """Paragraphs and table rows; deleted and hidden text, headers and pictures are left out."""
    walk = _Walk()
    walk.run(data)
    if not data.rstrip(b"\0 \r\n").endswith(b"}"):
        walk.notes.append("RTF 文件末尾不完整，可能缺少内容")
    lines = marks(walk.headers, walk.lines) + walk.lines
    return Reading(lines, walk.page, walk.notes, parts=words.left_out(data))


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back when it closes."""

    kind: str = "text"  # text, skip, fonts
    skip_after_unicode: int = 1
    font: int = -1
    hidden: bool = False
    deleted: bool = False
    box: str = ""  # what this group opened: a text box or note, a page header, the label of a list's paragraph


@dataclass(slots=True)
class _Part:
    """The paragraph that is being filled, in the body or in a text box, which has its own."""

    text: list[str] = field(default_factory=list)
    flow: Flow = field(default_factory=Flow)
    in_table: bool = False
    nesting: int = 1


class _Walk:
    """One pass over the tokens."""

    def __init__(self) -> None:
        self.page = 1
        self.notes: list[str] = []
        self.headers: list[str] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._parts = [_Part()]
        self._bytes = bytearray()
        self._encoding = "gb18030"  # of files that state none: written by old Chinese programs
        self._fonts: dict[int, str] = {}
        self._defining = -1
        self._default_font = -1
        self._starred = False
        self._to_skip = 0

    @property
    def lines(self) -> list[Line]:
        return self._parts[0].flow.lines

    def run(self, data: bytes) -> None:
        position = 0
        while match := _TOKEN.match(data, position):
            position = match.end()
            word, number, hexadecimal, symbol, brace, plain = match.groups()
            if word == b"bin":
                position += max(int(number or 0), 0)
            elif plain is not None:
                self._plain(plain)
            elif hexadecimal is not None:
                self._plain(bytes([int(hexadecimal, 16)]))
            elif brace is not None:
                self._brace(brace)
                if brace == b"}" and not self._stack:
                    break  # what follows the document's group is not part of it
            elif word is not None:
                self._word(word, int(number) if number else None)
            elif symbol is not None:
                self._symbol(symbol)
        while len(self._parts) > 1:
            self._close_box("text")
        self._finish()

    # Bytes and characters

    def _plain(self, data: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if self._visible():
            self._bytes += data

    def _visible(self) -> bool:
        state = self._state
        return state.kind == "text" and not state.hidden and not state.deleted

    def _flush(self) -> None:
        if self._bytes:
            self._parts[-1].text.append(_decoded(bytes(self._bytes), self._fonts.get(self._state.font, ""), self._encoding))
            self._bytes.clear()

    def _put(self, text: str) -> None:
        if self._visible():
            self._flush()
            self._parts[-1].text.append(text)

    # Groups and control words

    def _brace(self, brace: bytes) -> None:
        self._to_skip = 0
        self._starred = False
        if brace == b"{":
            if len(self._stack) > _MAX_DEPTH:
                raise Unreadable("超出限制", "RTF 嵌套过深")
            self._stack.append(self._state)
            self._state = replace(self._state, box="")
        elif self._stack:
            before = self._stack.pop()
            if self._bytes and before.font != self._state.font:
                self._flush()
            if self._state.box:
                self._close_box(self._state.box)
            self._state = before

    def _symbol(self, symbol: bytes) -> None:
        self._to_skip = 0
        if symbol == b"*":
            self._starred = True
        elif symbol in (b"\r", b"\n"):
            self._break(b"par")
        elif symbol in words.SYMBOLS:
            self._put(words.SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word != b"u":
            self._to_skip = 0
        if word in words.TEXT_BOXES and self._state.kind == "text":
            self._open_box("text")
        elif word in (b"listtext", b"pntext") and self._state.kind == "text":
            self._open_box("label")
        elif word in words.HEADERS and self._state.kind == "text":
            self._open_box("header")
        elif word == b"ud":
            self._state.kind = "text"
        elif word == b"fonttbl":
            self._state.kind = "fonts"
        elif word in words.SKIPPED or (starred and word not in words.KEPT):
            self._state.kind = "skip"
        elif self._state.kind == "fonts":
            self._font_definition(word, number)
        elif word in words.CHARACTERS:
            self._put(words.CHARACTERS[word])
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif word in words.BREAKS:
            self._break(word)
        else:
            self._format(word, number)

    def _font_definition(self, word: bytes, number: int | None) -> None:
        if word == b"f" and number is not None:
            self._defining = number
        elif word == b"fcharset" and number in words.CHARSETS:
            self._fonts[self._defining] = words.CHARSETS[number]

    def _unicode(self, number: int) -> None:
        if self._visible():
            self._flush()
            self._parts[-1].text.append(chr(number % 0x10000))
        self._to_skip = self._state.skip_after_unicode

    def _format(self, word: bytes, number: int | None) -> None:
        state, part = self._state, self._parts[-1]
        on = number != 0
        if word == b"f" and number is not None:
            self._set_font(number)
        elif word == b"plain":
            self._set_font(self._default_font)
            state.hidden = state.deleted = False
        elif word == b"v":
            state.hidden = on
        elif word == b"deleted":
            state.deleted = on
        elif word == b"uc" and number is not None:
            state.skip_after_unicode = max(number, 0)
        elif word == b"ansicpg" and number is not None:
            self._encoding = words.CODEPAGES.get(number, f"cp{number}")
        elif word == b"deff" and number is not None:
            self._default_font = number
        elif word == b"pagebb" and on and self._visible() and len(self._parts) == 1:
            self.page += 1
        elif word == b"pard":
            part.in_table, part.nesting = False, 1
        elif word == b"intbl":
            part.in_table = True
        elif word == b"itap" and number is not None:
            part.nesting = number
            part.in_table = part.in_table or number > 0

    def _set_font(self, number: int) -> None:
        if self._bytes and number != self._state.font:
            self._flush()
        self._state.font = number

    # Paragraphs, tables, boxes

    def _break(self, word: bytes) -> None:
        if self._state.kind == "skip":
            return
        if not self._state.deleted or word not in (b"par", b"sect"):
            self._end_part(word)
        if word == b"page" or (word == b"sect" and not self._parts[-1].in_table):
            self.page += len(self._parts) == 1

    def _end_part(self, word: bytes) -> None:
        part = self._parts[-1]
        text = self._taken()
        if word in (b"cell", b"nestcell"):
            part.flow.end_cell(text, nested=word == b"nestcell")
        elif word == b"nestrow":
            part.flow.end_inner_row()
        elif word == b"row":
            part.flow.end_row(self.page)
        elif part.in_table and word == b"par":
            part.flow.in_cell(text, nested=part.nesting > 1)
        else:
            part.flow.paragraph(text, self.page)

    def _taken(self) -> str:
        self._flush()
        text = "".join(self._parts[-1].text)
        self._parts[-1].text.clear()
        return whole(text)

    def _finish(self) -> Flow:
        """What is left when a box or the file ends."""
        flow = self._parts[-1].flow
        flow.paragraph(self._taken(), self.page)
        return flow

    def _open_box(self, what: str) -> None:
        self._flush()
        self._state.box = what
        self._parts.append(_Part())

    def _close_box(self, what: str) -> None:
        if what == "label":
            label = self._taken().strip()
            self._parts.pop()
            if len(label) > 1 or label.isalnum():  # else a bullet
                self._parts[-1].text.append(label + ("" if label.endswith(("、", "．", "）", ")")) else " "))
            return
        lines = self._finish().lines
        self._parts.pop()
        if what == "header":
            self.headers.extend(line.text for line in lines)
        else:
            self._parts[-1].flow.after.extend(lines)


def _decoded(data: bytes, font: str, codepage: str) -> str:
    """Bytes in the font's character set, or in the document's where the font has none of its own.

    A Western code page over bytes that are all valid GBK pairs is a Chinese program's slip: no Western text looks so.
    """
    encoding = font or codepage
    if not font and encoding == "cp1252" and len(data) > 1:
        try:
            text = data.decode("gb18030")
            if all(character < "\x80" or "\u3000" <= character <= "\u9fff" or character >= "\uff00" for character in text):
                return text
        except UnicodeDecodeError:
            pass
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("gb18030", "replace")
