"""HTML: pages saved from a website or an OA system, and Word documents saved as a web page."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.ingest.readers import Line, Reading, reader
from pipeline.ingest.txt import decode
from pipeline.ingest.web.inline_pictures import read_with_pictures

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
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_NOISE = frozenset(
    ["script", "style", "noscript", "template", "nav", "iframe", "object", "svg", "head", "select", "button", "input"]
)
_MAYBE_HIDDEN = "[hidden], [style*='display' i], [style*='visibility' i], [style*='mso-hide' i]"
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_PAGE_IN_A_CELL = 8  # paragraphs; a cell of more holds the page's article beside its menu, and no table's entry


@reader("html")
def read_html(data: bytes) -> Reading:
    """One paragraph a block element, one row a table row; scripts, styles and menus are left out."""
    return read_with_pictures(_decode(data), html_reading)


def html_reading(source: str) -> Reading:
    """The reading of HTML that is already text."""
    tree = LexborHTMLParser(source)
    flow = _Flow(_hidden(tree))
    if tree.root is not None:
        flow.walk(tree.root)
        flow.end_paragraph()
    return Reading(flow.lines)


def _hidden(tree: LexborHTMLParser) -> frozenset[int]:
    """The elements that a person would not see (by ``mem_id``); but not an article that waits for a script to show it."""
    found = [
        node
        for node in tree.css(_MAYBE_HIDDEN)
        if "hidden" in node.attributes or _HIDING.search(node.attributes.get("style") or "")
    ]
    whole = len(tree.root.text()) if found and tree.root is not None else 0
    return frozenset(node.mem_id for node in found if 2 * len(node.text()) < whole)


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

    def __init__(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
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
            elif tag in _NOISE or node.mem_id in self._hidden:
                continue
            elif tag == "br":
                self.end_paragraph()
            elif tag == "tr" and (cells := _cells(node, self._hidden)):
                self.end_paragraph()
                self.lines.append(Line("\t".join(cells), kind="row"))
            else:
                if tag in _BLOCKS:
                    self.end_paragraph()
                    stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))

    def end_paragraph(self) -> None:
        text = _squeeze("".join(self._inline))
        self._inline.clear()
        if text:
            self.lines.append(Line(text))


def _cells(row: LexborNode, hidden: frozenset[int]) -> list[str]:
    """The texts of a row's cells; none where the row only lays out the page: it holds one entry, a table or an article."""
    if row.css("table"):
        return []
    cells = []
    for cell in row.iter():
        if cell.tag in {"td", "th"}:
            flow = _Flow(hidden)
            flow.walk(cell)
            flow.end_paragraph()
            cells.append([line.text for line in flow.lines])
    if sum(map(bool, cells)) < 2 or max(map(len, cells)) > _PAGE_IN_A_CELL:
        return []
    return [" ".join(texts) for texts in cells]


def _squeeze(text: str) -> str:
    return re.sub(r"[ \t\r\n\xa0]+", " ", text).strip()
