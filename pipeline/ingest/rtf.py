"""RTF, by a small reader of its own.

striprtf loses what an official document's RTF holds besides plain paragraphs: table cells, text boxes, footnotes,
deletions, a GBK character whose second byte is written as a letter. The format is a stream of groups, control words and
bytes (Rich Text Format Specification 1.9.1), so it is walked once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.registry import Line, Reading, reader

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.S
)
_MAX_DEPTH = 10_000
# Groups that hold no text of the page.
_SKIPPED = frozenset(
    b"colortbl stylesheet info pict nonshppict shprslt annotation xe tc rxe txe sp nonesttables fldinst background "
    b"private generator filetbl listtable revtbl rsidtbl ftnsep ftnsepc aftnsep aftnsepc upr objdata pn "
    b"header headerl headerr headerf footer footerl footerr footerf".split()
)
# Groups marked as ignorable (\*) whose text does count.
_KEPT = frozenset([b"shpinst", b"shptxt", b"ud", b"nesttableprops", b"dptxbxtext"])
_TEXT_BOXES = frozenset([b"shptxt", b"dptxbxtext", b"footnote"])
_CHARACTERS = {
    b"tab": " ",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": "　",
    b"enspace": " ",
    b"qmspace": " ",
    b"line": "\n",
}
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 204: "cp1251", 238: "cp1250"}
_CODEPAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8"}


@reader("rtf")
def read_rtf(data: bytes) -> Reading:
    """Paragraphs and table rows; deleted and hidden text, headers and pictures are left out."""
    walk = _Walk()
    walk.run(data)
    if not data.rstrip(b"\0 \r\n").endswith(b"}"):
        walk.notes.append("RTF 文件末尾不完整，可能缺少内容")
    return Reading(walk.lines, walk.page, walk.notes)


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back when it closes."""

    kind: str = "text"  # text, skip, fonts
    skip_after_unicode: int = 1
    font: int = -1
    hidden: bool = False
    deleted: bool = False
    box: bool = False  # this group opened a text box or footnote


@dataclass(slots=True)
class _Flow:
    """The paragraph and table that are being filled; a text box has its own."""

    text: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)
    inner_cell: list[str] = field(default_factory=list)
    inner_row: list[str] = field(default_factory=list)
    inner_rows: list[str] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)  # text boxes and notes anchored in the paragraph
    in_table: bool = False
    nesting: int = 1


class _Walk:
    """One pass over the tokens."""

    def __init__(self) -> None:
        self.page = 1
        self.notes: list[str] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._flows = [_Flow()]
        self._bytes = bytearray()
        self._encoding = "gb18030"  # of files that state none: written by old Chinese programs
        self._fonts: dict[int, str] = {}
        self._defining = -1
        self._default_font = -1
        self._starred = False
        self._to_skip = 0

    @property
    def lines(self) -> list[Line]:
        return self._flows[0].lines

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
        while len(self._flows) > 1:
            self._close_box()
        self._end_paragraph()
        self._end_row()

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
            self._flows[-1].text.append(_decoded(bytes(self._bytes), self._fonts.get(self._state.font, ""), self._encoding))
            self._bytes.clear()

    def _put(self, text: str) -> None:
        if self._visible():
            self._flush()
            self._flows[-1].text.append(text)

    # Groups and control words

    def _brace(self, brace: bytes) -> None:
        self._to_skip = 0
        self._starred = False
        if brace == b"{":
            if len(self._stack) > _MAX_DEPTH:
                raise Unreadable("超出限制", "RTF 嵌套过深")
            self._stack.append(self._state)
            self._state = replace(self._state, box=False)
        elif self._stack:
            before = self._stack.pop()
            if self._bytes and before.font != self._state.font:
                self._flush()
            if self._state.box:
                self._close_box()
            self._state = before

    def _symbol(self, symbol: bytes) -> None:
        self._to_skip = 0
        if symbol == b"*":
            self._starred = True
        elif symbol in (b"\r", b"\n"):
            self._break(b"par")
        elif symbol in _SYMBOLS:
            self._put(_SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word != b"u":
            self._to_skip = 0
        if word in _TEXT_BOXES and self._state.kind == "text":
            self._open_box()
        elif word == b"ud":
            self._state.kind = "text"
        elif word == b"fonttbl":
            self._state.kind = "fonts"
        elif word in _SKIPPED or (starred and word not in _KEPT):
            self._state.kind = "skip"
        elif self._state.kind == "fonts":
            self._font_definition(word, number)
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif word == b"u" and number is not None:
            self._unicode(number)
        elif word in _BREAKS:
            self._break(word)
        else:
            self._format(word, number)

    def _font_definition(self, word: bytes, number: int | None) -> None:
        if word == b"f" and number is not None:
            self._defining = number
        elif word == b"fcharset" and number in _CHARSETS:
            self._fonts[self._defining] = _CHARSETS[number]

    def _unicode(self, number: int) -> None:
        if self._visible():
            self._flush()
            self._flows[-1].text.append(chr(number % 0x10000))
        self._to_skip = self._state.skip_after_unicode

    def _format(self, word: bytes, number: int | None) -> None:
        state, flow = self._state, self._flows[-1]
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
            self._encoding = _CODEPAGES.get(number, f"cp{number}")
        elif word == b"deff" and number is not None:
            self._default_font = number
        elif word == b"pard":
            flow.in_table, flow.nesting = False, 1
        elif word == b"intbl":
            flow.in_table = True
        elif word == b"itap" and number is not None:
            flow.nesting = number
            flow.in_table = flow.in_table or number > 0

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
        if word == b"page" or (word == b"sect" and not self._flows[-1].in_table):
            self.page += len(self._flows) == 1

    def _end_part(self, word: bytes) -> None:
        flow = self._flows[-1]
        if word == b"nestcell":
            flow.inner_cell.append(self._taken())
            flow.inner_row.append(" ".join(filter(None, flow.inner_cell)))
            flow.inner_cell.clear()
        elif word == b"nestrow":
            flow.inner_rows.append("\t".join(flow.inner_row))
            flow.inner_row.clear()
        elif word == b"cell":
            flow.cell.append(self._taken())
            flow.row.append([part for part in flow.cell if part.strip()])
            flow.cell = []
        elif word == b"row":
            self._end_row()
        elif flow.in_table and word == b"par":
            (flow.inner_cell if flow.nesting > 1 else flow.cell).append(self._taken())
        else:
            self._end_paragraph()

    def _taken(self) -> str:
        self._flush()
        flow = self._flows[-1]
        text = "".join(flow.text)
        flow.text.clear()
        if any("\ud800" <= character <= "\udfff" for character in text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text

    def _end_paragraph(self) -> None:
        flow = self._flows[-1]
        flow.lines.extend(Line(piece, self.page) for piece in self._taken().split("\n") if piece.strip())
        flow.lines.extend(flow.after)
        flow.after = []

    def _end_row(self) -> None:
        """A row of one cell is a frame round paragraphs; a nested table's rows follow the row that holds it."""
        flow = self._flows[-1]
        if flow.cell:  # a file cut off inside a row
            flow.row.append(flow.cell)
            flow.cell = []
        if len(flow.row) == 1:
            flow.lines.extend(Line(piece, self.page) for part in flow.row[0] for piece in part.split("\n") if piece.strip())
        elif any(flow.row):
            text = "\t".join(" ".join(cell).replace("\n", " ") for cell in flow.row)
            flow.lines.append(Line(text, self.page, "row"))
        flow.lines.extend(Line(row, self.page, "row") for row in flow.inner_rows if row.strip())
        flow.lines.extend(flow.after)
        flow.row, flow.inner_rows, flow.after = [], [], []

    def _open_box(self) -> None:
        self._flush()
        self._state.box = True
        self._flows.append(_Flow())

    def _close_box(self) -> None:
        self._end_paragraph()
        self._end_row()
        box = self._flows.pop()
        self._flows[-1].after.extend(box.lines)


_BREAKS = frozenset([b"par", b"sect", b"page", b"cell", b"row", b"nestcell", b"nestrow"])


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
