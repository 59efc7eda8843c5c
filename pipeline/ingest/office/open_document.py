"""What the packages of OpenDocument (ODT, ODS, ODP) share: their parts, page headers and footers, charts, forms, remarks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.letterhead import Furniture
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Reading

_MAX_PART = 256 * 1024**2
_MAX_RATIO = 300
_RATIO_FROM = 20 * 1024**2
_SHOWN = 2000
_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "math": "http://www.w3.org/1998/Math/MathML",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}


def name_of(name: str) -> str:
    """A name as "text:p" in the form that lxml uses."""
    prefix, local = name.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


_P = name_of("text:p")
_ANNOTATION = name_of("office:annotation")
# What a form offers or holds and no paragraph shows: attributes, in their order.
_OFFERED = tuple(map(name_of, ("form:current-value", "form:value", "form:label", "text:value", "text:current-value")))

_UNPRINTED = {
    "修订中已删除的文字": (name_of("text:deletion"),),
    "图片的替代文字": (name_of("svg:title"), name_of("svg:desc")),
}
_MATH, *_PRINTED = (name_of(f"math:{name}") for name in ("math", "mtext", "mi", "mn", "mo", "ms"))
_SAID_APART = (
    *(name_of(f"table:{name}") for name in ("title", "desc")),
    *(name_of(f"presentation:{name}-decl") for name in ("header", "footer", "date-time")),
    name_of("text:index-title-template"),
    "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}text",
)
_AROUND = (*(name_of(f"table:{name}") for name in ("content-validations", "tracked-changes")), name_of("style:master-page"))
_ATTRIBUTE = re.compile(rb'="([^"<>\xe3-\xe9]*[\xe3-\xe9][^"<>]*)"')
_NAMES_A_LOOK = re.compile(rb"style-name$|font|family|style:(?:display-)?name$|num-|name-asian$|name-complex$")
_LITERAL = re.compile(r'"([^"]+)"')
_CHINESE, _FEW = re.compile("[㐀-鿿]"), 6  # with fewer it is the name of a frame or a sheet
_CONDITIONAL = name_of("text:conditional-text")
_EITHER = (name_of("text:string-value-if-true"), name_of("text:string-value-if-false"))


class Parts:
    """The parts of a package that are read: its content, its styles (also as they are written), its properties, and the content of objects that are no documents."""

    def __init__(self, data: bytes):
        """Raises Unreadable for a damaged or locked package, and for a bomb."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                if b"encryption-data" in _bytes(package, "META-INF/manifest.xml"):
                    raise Unreadable("加密")
                self.sources = [_bytes(package, name) for name in ("content.xml", "styles.xml")]
                self.content, self.styles = map(_parsed, self.sources)
                meta = _part(package, "meta.xml")
                self.meta = meta if meta is not None else etree.Element("none")
                objects = (name for name in package.namelist() if name.startswith("Object ") and name.endswith("/content.xml"))
                self.objects = [root for name in objects if (root := _part(package, name)) is not None]
        except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError) as error:
            raise Unreadable("文件损坏", "OpenDocument 内容不完整") from error
        except RuntimeError as error:  # zipfile's way of asking for a password
            raise Unreadable("加密") from error


def _bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """A part of the package, empty where there is none. Raises Unreadable for a bomb."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return b""
    bomb = info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * max(info.compress_size, 1)
    if info.file_size > _MAX_PART or bomb:
        raise Unreadable("超出限制", "OpenDocument 解压后过大")
    with package.open(info) as stream:
        return stream.read(_MAX_PART)


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    return _parsed(_bytes(package, name))


def _parsed(data: bytes) -> etree._Element | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser) if data else None


def margins(styles: etree._Element | None) -> list[Furniture]:
    """The paragraphs of page headers and footers, of every page style and of its first and left pages."""
    if styles is None:
        return []
    found = []
    for kind in ("header", "footer"):
        nodes = [node for variant in ("", "-left", "-first") for node in styles.iter(name_of(f"style:{kind}{variant}"))]
        nodes += styles.iter(f"{{{_NAMESPACES['loext']}}}{kind}-first")
        texts = ["".join(each.itertext()).strip() for node in nodes for each in node.iter(_P)]
        found.append(Furniture(kind, [text for text in texts if text]))
    return found


def add_beside(parts: Parts, reading: Reading) -> None:
    """What stands in no paragraph: the words of charts, what forms hold, remarks (which are listed, no text)."""
    for root in parts.objects:
        if root.find(f".//{name_of('office:text')}") is None and root.find(f".//{name_of('office:spreadsheet')}") is None:
            texts = list(dict.fromkeys(text for each in root.iter(_P) if (text := "".join(each.itertext()).strip())))
            outcome = PartOutcome.READ if texts else PartOutcome.DECORATIVE
            reading.parts.append(Part(PartKind.TEXT, "图表", outcome, f"{len(texts)}段文字" if texts else ""))
            reading.lines.extend(Line(text, reading.pages) for text in texts)
    if parts.content is None:
        return
    seen = {line.text.strip() for line in reading.lines}
    offered = [text for text in dict.fromkeys(_offered(parts.content)) if text not in seen]
    if offered:
        reading.parts.append(Part(PartKind.TEXT, "表单域", PartOutcome.READ, f"{len(offered)}项选项或填写值"))
        reading.lines.extend(Line(text, reading.pages) for text in offered)
    formulas = [text for root in (*parts.objects, parts.content) for each in root.iter(_MATH) if (text := _formula(each))]
    if formulas:
        reading.parts.append(Part(PartKind.TEXT, "公式", PartOutcome.READ, f"{len(formulas)}个"))
        reading.lines.extend(Line(text, reading.pages) for text in formulas)
    for place, names in _UNPRINTED.items():
        list_beside(reading, place, ("".join(node.itertext()) for node in parts.content.iter(*names)))
    list_beside(reading, "条件文字", (node.get(name, "") for node in parts.content.iter(_CONDITIONAL) for name in _EITHER))
    _list_unsaid(parts, reading)
    for node in parts.content.iter(_ANNOTATION):
        text = "\n".join("".join(each.itertext()) for each in node.iter(_P)).strip()
        if text:
            reading.parts.append(Part(PartKind.NOTE, "批注", PartOutcome.LISTED, text[:_SHOWN]))


def _list_unsaid(parts: Parts, reading: Reading) -> None:
    """List what the package says in no paragraph of its text: properties, masters, prompts of tables, words in attributes."""
    roots = [root for root in (parts.content, parts.styles) if root is not None]
    said = ["".join(node.itertext()) for root in roots for node in root.iter(*_SAID_APART)]
    inside = [each for root in roots for node in root.iter(*_AROUND) for each in node.iter(_P)]
    list_beside(reading, "母版、提示、标题和修订", [*said, *("".join(each.itertext()) for each in inside)])
    list_beside(reading, "文档属性", ("".join(node.itertext()) for node in parts.meta.iter() if len(node) == 0))
    written = (text for data in parts.sources for text in _attributes(data))
    list_beside(reading, "属性中的文字", (text for text in written if len(_CHINESE.findall(text)) >= _FEW))


def _attributes(source: bytes) -> Iterator[str]:
    """The values of attributes that name no style or font; of formulas the words that they write out."""
    for match in _ATTRIBUTE.finditer(source):
        name = source[max(match.start() - 60, 0) : match.start()].rpartition(b" ")[2]
        if not _NAMES_A_LOOK.search(name):
            text = unescape(match[1].decode("utf-8", "replace"))
            yield from _LITERAL.findall(text) or [text]


def _formula(node: etree._Element) -> str:
    """What a formula prints; an annotation is how it was typed."""
    return "".join(text for each in node.iter(*_PRINTED) if (text := (each.text or "").strip()))


def _offered(content: etree._Element) -> Iterator[str]:
    for node in content.iter(f"{{{_NAMESPACES['form']}}}*", name_of("text:label")):
        for attribute in _OFFERED:
            text = (node.get(attribute) or "").strip()
            if len(text) > 1:
                yield text


def drawn_texts(content: etree._Element) -> Iterator[tuple[int, str]]:
    """The paragraphs that lie on the sheets of a workbook and in no cell of them, each with the number of its sheet."""
    for page, table in enumerate(content.iter(name_of("table:table")), start=1):
        for paragraph in table.iter(_P):
            above = [each.tag for each in paragraph.iterancestors()]
            drawing = next((tag for tag in above if tag.startswith(f"{{{_NAMESPACES['draw']}}}")), None)
            if drawing is not None and _ANNOTATION not in above and (text := "".join(paragraph.itertext()).strip()):
                yield page, text
