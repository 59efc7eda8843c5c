"""What a page holds and does not show as text (隐藏文字、表单、只有链接的图片): listed, never judged, for a saved page repeats
itself in hidden places and its menus are no text of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.readers import Reading
from pipeline.ingest.web.blocks import Block
from pipeline.ingest.web.marks import marks
from pipeline.ingest.web.prose import letters, weight

_PLACES = {
    "textarea": "表单文本域",
    "input[value]": "表单输入框",
    "svg": "矢量图文字",
    "iframe": "框架的后备内容",
    "rt": "注音",
    "script[type='application/ld+json']": "网页数据",
    "noscript": "无脚本时的内容",
    "object": "对象",
    "button": "按钮",
    "select option": "下拉列表",
    "template": "网页模板",
}
_CARRIED = ", ".join(f'{place}^="data:application/"]' for place in ("embed[src", "object[data", "a[href", "iframe[src"))
_CARRIED += ", embed[src^='data:text/'], object[data^='data:text/'], iframe[src^='data:text/']"
# Words in attributes, by the selector of their elements and the attribute's name.
_ATTRIBUTES = {
    "图片的替代文字": ("img[alt]", "alt"),
    "提示文字": ("abbr[title], acronym[title], span[title], p[title], td[title], img[title]", "title"),
    "占位提示": ("input[placeholder], textarea[placeholder]", "placeholder"),
}
_GENERATED = re.compile(r"""\bcontent\s*:\s*(?:"([^"]+)"|'([^']+)')""")
_COMMENT = re.compile(r"<!--(?:\[if[^\]]*\]>)?(.*?)(?:-->|\Z)", re.S)
_WRITES = re.compile(r"""\bdocument\.write(?:ln)?\(\s*(?:"([^"\n]+)"|'([^'\n]+)')""")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"<>]{12,})"|'([^'<>]{12,})')""")
_CHINESE, _SENTENCE = re.compile("[㐀-鿿]"), 10  # so many characters are more than 正文开始 or 请输入关键词
_SHOWN = 2000
_LEAST_WIDTH, _LEAST_HEIGHT = 200, 100  # pixels; less is an icon or a button
_SIZE = re.compile(r"\d+")
_AROUND = 12  # ancestors that are looked at


def aside_parts(source: str, tree: LexborHTMLParser, blocks: Sequence[Block], reading: Reading) -> list[Part]:
    """The parts of a page that its reading leaves out with a word."""
    shown = letters("".join(line.text for line in reading.lines) + "".join(reading.facts))
    found = [("隐藏的文字", block.text) for block in blocks if block.hidden and weight([block])]
    found += [(place, text) for selector, place in _PLACES.items() for text in _texts(tree, selector)]
    found += [(place, text) for place, text in _unwritten(source, tree) if len(_CHINESE.findall(text)) >= _SENTENCE]
    told: dict[str, list[str]] = {}
    for place, text in found:
        if (bare := letters(text)) and bare not in shown:
            told.setdefault(place, []).append(text)
            shown += bare
    parts = [Part(PartKind.TEXT, place, PartOutcome.LISTED, "\n".join(texts)[:_SHOWN]) for place, texts in told.items()]
    if count := sum(map(_is_missing, tree.css("img"))):
        parts.append(Part(PartKind.PICTURE, f"{count}张图片", PartOutcome.UNREAD, "图片不在文件中，只有链接"))
    if count := len(tree.css(_CARRIED)):
        parts.append(
            Part(PartKind.OBJECT, f"网页里的{count}个文件", PartOutcome.UNREAD, "文件编码在网页里，请在浏览器中打开后另存")
        )
    return parts


def _unwritten(source: str, tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Words that a page holds outside of its elements, with their place: in attributes, in its style sheet, in comments."""
    for place, (selector, name) in _ATTRIBUTES.items():
        if f"{name}=" in source:
            nodes = (node for node in tree.css(selector) if not _is_furniture(node))
            yield from ((place, (node.attributes.get(name) or "").strip()) for node in nodes)
    for style in tree.css("style"):
        yield from (("样式生成的文字", one or other) for one, other in _GENERATED.findall(style.text()))
    yield from (("脚本写出的文字", _bare(one or other)) for one, other in _WRITES.findall(source))
    written = (one or other for one, other in _ATTRIBUTE.findall(source))
    yield from (("属性中的文字", text) for each in written if weight([Block(text := unescape(each).strip())]))
    if "<!--" in source:
        yield from (("网页注释", _bare(text).strip()) for text in _COMMENT.findall(source))


def _texts(tree: LexborHTMLParser, selector: str) -> Iterator[str]:
    for node in tree.css(selector):
        written = node.html if node.tag == "template" else node.text()
        text = (node.attributes.get("value") if node.tag == "input" else _bare(written or "")) or ""
        if weight([Block(text.strip())]):
            yield text.strip()


def _bare(text: str) -> str:
    """A parser keeps what stands in ``noscript`` as it is written."""
    return re.sub(r"<[^<>]*>", " ", text)


def _is_missing(image: LexborNode) -> bool:
    """Whether an image that the file does not hold stands where the article's pictures stand, and is no icon."""
    address = image.attributes.get("src") or ""
    width, height = (_pixels(image.attributes.get(name)) for name in ("width", "height"))
    if not address or address.startswith("data:") or 0 < width < _LEAST_WIDTH or 0 < height < _LEAST_HEIGHT:
        return False
    if _is_furniture(image):
        return False
    inside = any(marks("container").fullmatch(name) for node in _above(image) for name in _names(node))
    return inside or (width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT)


def _is_furniture(node: LexborNode) -> bool:
    """Whether an element stands in a menu, a footer or a link."""
    return any(
        above.tag in ("a", "nav", "header", "footer", "aside") or any(marks("chrome").fullmatch(name) for name in _names(above))
        for above in _above(node)
    )


def _names(node: LexborNode) -> list[str]:
    return f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".lower().split()


def _pixels(text: str | None) -> int:
    found = _SIZE.match(text or "")
    return int(found[0]) if found and not (text or "").endswith("%") else 0


def _above(node: LexborNode) -> Iterator[LexborNode]:
    for _ in range(_AROUND):
        parent = node.parent
        if parent is None or not parent.tag:
            return
        yield parent
        node = parent
