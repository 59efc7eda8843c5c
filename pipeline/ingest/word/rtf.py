"""RTF, by a small reader of its own.

striprtf loses what an official document's RTF holds besides plain paragraphs: table cells, text boxes, footnotes,
deletions, a GBK character whose second byte is written as a letter. The format is a stream of groups, control words and
bytes (Rich Text Format Specification 1.9.1), so it is walked once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.letterhead import Furniture, kept, marks
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.word import rtf_words as words
from pipeline.ingest.word.field_codes import add_field_texts
from pipeline.ingest.word.flow import Flow, whole
from pipeline.ingest.word.hidden import add_hidden

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.S
)
_MAX_DEPTH = 10_000


@reader("rtf")
def read_rtf(data: bytes) -> Reading:
    """Paragraphs and table rows, then what stands apart: headers and footers that are sentences, what a form offers, hidden
    text; comments and deleted text are listed."""
    walk = _Walk()
    walk.run(data)
    if not data.rstrip(b"\0 \r\n").endswith(b"}"):
        walk.notes.append("RTF 文件末尾不完整，可能缺少内容")
    apart = walk.apart
    body = marks(apart["header"], walk.lines) + walk.lines
    reading = Reading(body, walk.page, walk.notes)
    reading.lines = body + kept([Furniture(kind, apart[kind]) for kind in ("header", "footer")], body, reading.parts)
    if apart["offered"]:
        reading.lines.extend(Line(text, walk.page) for text in apart["offered"])
        reading.parts.append(Part(PartKind.TEXT, "表单域", PartOutcome.READ, f"{len(apart['offered'])}项选项或默认值"))
    add_hidden(reading, walk.hidden)
    add_field_texts(apart["code"], reading)
    for kind, place in words.LISTED.items():
        list_beside(reading, place, apart[kind])
    reading.parts.extend(Part(PartKind.NOTE, "批注", PartOutcome.LISTED, text) for text in apart["comment"])
    return reading


class _Walk:
    """One pass over the tokens."""

    def __init__(self) -> None:
        self.page = 1
        self.notes: list[str] = []
        self.apart: dict[str, list[str]] = defaultdict(list)  # texts that stand in no paragraph, by kind of box
        self.hidden: list[str] = []
        self._property = ""  # the name of the drawing's property whose value comes next
        self._state = words.State()
        self._stack: list[words.State] = []
        self._parts = [words.Paragraph()]
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
        if self._state.kind == "text":
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            self._add(words.decoded(bytes(self._bytes), self._fonts.get(self._state.font, ""), self._encoding))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        part, state = self._parts[-1], self._state
        (part.deleted if state.deleted else part.hidden if state.hidden else part.text).append(text)

    def _put(self, text: str) -> None:
        if self._state.kind == "text":
            self._flush()
            self._add(text)

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
            if self._bytes and before.looks != self._state.looks:
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
        if word in words.BOXES and self._state.kind == "text":
            self._open_box(words.BOXES[word])
        elif word in words.INSIDE and self._state.kind == "skip":
            self._open_box(words.INSIDE[word])
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
        if self._state.kind == "text":
            self._flush()
            self._add(chr(number % 0x10000))
        self._to_skip = self._state.skip_after_unicode

    def _format(self, word: bytes, number: int | None) -> None:
        state, part = self._state, self._parts[-1]
        on = number != 0
        if word == b"f" and number is not None:
            self._set_font(number)
        elif word == b"plain":
            self._set_font(self._default_font)
            self._set(hidden=False, deleted=False)
        elif word == b"v":
            self._set(on, state.deleted)
        elif word == b"deleted":
            self._set(state.hidden, on)
        elif word == b"uc" and number is not None:
            state.skip_after_unicode = max(number, 0)
        elif word == b"ansicpg" and number is not None:
            self._encoding = words.CODEPAGES.get(number, f"cp{number}")
        elif word == b"deff" and number is not None:
            self._default_font = number
        elif word == b"pagebb" and on and state.kind == "text" and not state.deleted and len(self._parts) == 1:
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

    def _set(self, hidden: bool, deleted: bool) -> None:
        if self._bytes and (hidden, deleted) != (self._state.hidden, self._state.deleted):
            self._flush()
        self._state.hidden, self._state.deleted = hidden, deleted

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
        part = self._parts[-1]
        text = "".join(part.text)
        if part.hidden:
            self.hidden.append(whole("".join(part.hidden)))
        if part.deleted:
            self.apart["deleted"].append(whole("".join(part.deleted)))
        part.deleted.clear()
        part.text.clear()
        part.hidden.clear()
        return whole(text)

    def _finish(self) -> Flow:
        """What is left when a box or the file ends."""
        flow = self._parts[-1].flow
        flow.paragraph(self._taken(), self.page)
        return flow

    def _open_box(self, what: str) -> None:
        self._flush()
        self._state.box, self._state.kind = what, "text"
        self._state.hidden = self._state.hidden and what != "entry"  # an entry is always hidden
        self._parts.append(words.Paragraph())

    def _close_box(self, what: str) -> None:
        if what == "label":
            label = self._taken().strip()
            self._parts.pop()
            if len(label) > 1 or label.isalnum():  # else a bullet
                self._parts[-1].text.append(label + ("" if label.endswith(("、", "．", "）", ")")) else " "))
            return
        lines = self._finish().lines
        self._parts.pop()
        if what == "name":
            self._property = "".join(line.text for line in lines)
        elif what == "text" or (what == "value" and self._property == words.WORDART):
            self._parts[-1].flow.after.extend(lines)
        elif what == "value" and self._property == words.DESCRIPTION:
            self.apart["described"].extend(line.text for line in lines)
        elif what != "value":
            self.apart[what].extend(line.text for line in lines)
