"""Words in parts of an Office package that belong to no page (文档属性、自定义XML、文档变量、构建基块、缓存): listed where the text
does not say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.package import Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Reading

_PLACES = {
    r"docProps/(core|custom)\.xml": "文档属性",
    r"customXml/item\d+\.xml": "自定义XML数据",
    r"word/settings\.xml": "文档变量",
    r"word/glossary/document\.xml": "构建基块",
    r"(word|xl|ppt)/activeX/activeX[^/]*\.xml": "控件",
    r"xl/ctrlProps/[^/]*\.xml": "控件",
    r"xl/pivotCache/pivotCache[^/]*\.xml": "数据透视表缓存",
    r"xl/(externalLinks|queryTables|tables|slicers|slicerCaches|timelines)/[^/]*\.xml": "表格和链接的缓存",
    r"xl/revisions/[^/]*\.xml": "修订记录",
    r"xl/connections\.xml": "数据连接",
    r"ppt/tags/[^/]*\.xml": "标记",
    r"ppt/(handoutMasters|notesMasters)/[^/]*\.xml": "讲义母版和备注母版",
}
_APART = re.compile("|".join(f"(?P<p{number}>{pattern})" for number, pattern in enumerate(_PLACES)))
_CHINESE = re.compile(b"[\xe3-\xe9]")  # how each Chinese character begins in UTF-8, and few others
_NAMES = re.compile(r"(creator|lastModifiedBy|AppName|typeface)$")  # of people and fonts
_PARAGRAPH = "}p"
_MOST_BYTES, _MOST = 32 * 1024**2, 3_000


def list_kept_apart(package: Package, reading: Reading) -> None:
    """List them by the kind of their part."""
    found: dict[str, list[str]] = {}
    for name in sorted(package.names):
        match = _APART.fullmatch(name)
        if match is None or match.lastgroup is None:
            continue
        place = next(place for number, place in enumerate(_PLACES.values()) if match[f"p{number}"])
        found.setdefault(place, []).extend(_texts(package, name))
    for place, texts in found.items():
        list_beside(reading, place, texts[:_MOST])


def _texts(package: Package, name: str) -> list[str]:
    try:
        data = package.read(name)
        if len(data) > _MOST_BYTES or not _CHINESE.search(data):
            return []
        root = package.part(name)
    except (Unreadable, etree.XMLSyntaxError):
        return []
    return list(islice(words_of(root), _MOST)) if root is not None else []


def words_of(root: etree._Element) -> Iterator[str]:
    """The texts of an XML part, those of one paragraph joined, and the values of its attributes."""
    joined: dict[etree._Element, str] = {}
    for node in root.iter():
        if not isinstance(node.tag, str) or _NAMES.search(node.tag):
            continue
        yield from (value for key, value in node.attrib.items() if not _NAMES.search(key))
        if node.text and node.text.strip():
            paragraph = next((each for each in (node, *node.iterancestors()) if str(each.tag).endswith(_PARAGRAPH)), None)
            if paragraph is None:
                yield node.text
            else:
                joined[paragraph] = joined.get(paragraph, "") + node.text
    yield from joined.values()
