"""The control words of RTF that matter to a reader of text (Rich Text Format Specification 1.9.1)."""

from __future__ import annotations

import re

from pipeline.document import Part, PartKind, PartOutcome

# Groups that hold no text of the page.
SKIPPED = frozenset(
    b"colortbl stylesheet info pict nonshppict shprslt annotation xe tc rxe txe sp nonesttables fldinst background "
    b"private generator filetbl listtable revtbl rsidtbl ftnsep ftnsepc aftnsep aftnsepc upr objdata pn "
    b"footer footerl footerr footerf".split()
)
# Groups marked as ignorable (\*) whose text does count.
KEPT = frozenset([b"shpinst", b"shptxt", b"ud", b"nesttableprops", b"dptxbxtext"])
TEXT_BOXES = frozenset([b"shptxt", b"dptxbxtext", b"footnote"])
HEADERS = frozenset([b"header", b"headerl", b"headerr", b"headerf"])
CHARACTERS = {
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
SYMBOLS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 204: "cp1251", 238: "cp1250"}
CODEPAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8"}
BREAKS = frozenset([b"par", b"sect", b"page", b"cell", b"row", b"nestcell", b"nestrow"])

_HIDDEN = re.compile(rb"\\v(?=[ \\'\r\n])[^{}]*[^{}\s\\]")
_COMMENT = re.compile(rb"\\annotation\b")


def left_out(data: bytes) -> list[Part]:
    """What the reader leaves out with a word: hidden text and comments."""
    body = data[data.find(b"\\pard") :]  # behind the style sheet, which may name the same properties
    hidden = [Part(PartKind.TEXT, "隐藏文字", PartOutcome.UNREAD, "RTF 中的隐藏文字没有读出")]
    comments = [Part(PartKind.NOTE, "批注", PartOutcome.UNREAD, "RTF 中的批注没有读出")]
    return (hidden if _HIDDEN.search(body) else []) + (comments if _COMMENT.search(body) else [])
