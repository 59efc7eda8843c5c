"""HTML: pages saved from a website or an OA system, and Word documents saved as a web page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.ingest.registry import Line, Reading, reader
from pipeline.ingest.txt import decode

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_NOISE = "script, style, noscript, template, nav, iframe, object, svg, head, select, button, input"


@reader("html")
def read_html(data: bytes) -> Reading:
    """One paragraph a block element, one row a table row; scripts, styles and menus are left out."""
    return html_reading(_decode(data))


def html_reading(source: str) -> Reading:
    """The reading of HTML that is already text."""
    tree = LexborHTMLParser(source)
    for node in tree.css(_NOISE):
        node.decompose()
    flow = _Flow()
    if tree.root is not None:
        flow.walk(tree.root)
        flow.end_paragraph()
    return Reading(flow.lines)


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode().lower()
        try:
            return data.decode("gb18030" if name in {"gb2312", "gbk", "gb18030"} else name)
        except (UnicodeDecodeError, LookupError):
            pass  # many pages declare what they are not
    return decode(data)


class _Flow:
    """Collects inline text until a block ends. Iterative: hostile pages nest deeper than the call stack."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._inline: list[str] = []

    def walk(self, root: LexborNode) -> None:
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag
            if leaving:
                self.end_paragraph()
            elif tag == "-text":
                self._inline.append(node.text_content or "")
            elif tag == "br":
                self.end_paragraph()
            elif tag == "tr" and not node.css("tr tr, table"):
                self.end_paragraph()
                self._row(node)
            else:
                if tag in _BLOCKS:
                    self.end_paragraph()
                    stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))

    def _row(self, row: LexborNode) -> None:
        cells = [_squeeze(cell.text(separator="")) for cell in row.iter() if cell.tag in {"td", "th"}]
        filled = [cell for cell in cells if cell]
        if len(filled) == 1:
            self.lines.append(Line(filled[0]))  # a layout table, or a title that spans the row
        elif filled:
            self.lines.append(Line("\t".join(cells), kind="row"))

    def end_paragraph(self) -> None:
        text = _squeeze("".join(self._inline))
        self._inline.clear()
        if text:
            self.lines.append(Line(text))


def _squeeze(text: str) -> str:
    return re.sub(r"[ \t\r\n\xa0]+", " ", text).strip()
