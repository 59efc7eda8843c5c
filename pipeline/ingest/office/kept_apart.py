"""Words in parts of an Office package that belong to no page (文档属性、自定义XML、文档变量、构建基块、缓存): listed where the text
does not say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree

from pipeline.ingest.beside import list_beside
from pipeline.ingest.office.package import Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Reading

Places = tuple[tuple[str, str], ...]  # patterns of the names of parts, and what the parts are
_PLACES: Places = (
    (r"docProps/(core|custom)\.xml", "文档属性"),
    (r"customXml/item\d+\.xml", "自定义XML数据"),
    (r"word/settings\.xml", "文档变量"),
    (r"word/glossary/document\.xml", "构建基块"),
    (r"(word|xl|ppt)/activeX/activeX[^/]*\.xml", "控件"),
    (r"xl/ctrlProps/[^/]*\.xml", "控件"),
    (r"xl/pivotCache/pivotCache[^/]*\.xml", "数据透视表缓存"),
    (r"xl/(externalLinks|queryTables|tables|slicers|slicerCaches|timelines)/[^/]*\.xml", "表格和链接的缓存"),
    (r"xl/revisions/[^/]*\.xml", "修订记录"),
    (r"xl/connections\.xml", "数据连接"),
    (r"ppt/tags/[^/]*\.xml", "标记"),
    (r"ppt/(handoutMasters|notesMasters)/[^/]*\.xml", "讲义母版和备注母版"),
)
_CHINESE = re.compile(b"[\xe3-\xe9]")  # how each Chinese character begins in UTF-8, and few others
_NAMES = re.compile(r"(creator|lastModifiedBy|AppName|typeface)$")  # of people and fonts
_PARAGRAPH = "}p"
_MOST_BYTES, _MOST = 32 * 1024**2, 3_000


def list_kept_apart(package: Package, reading: Reading, places: Places = _PLACES) -> None:
    """List them by the kind of their part; ``places`` says which kinds there are."""
    found: dict[str, list[str]] = {}
    for name in sorted(package.names):
        if place := _place(name, places):
            found.setdefault(place, []).extend(_texts(package, name))
    for place, texts in found.items():
        list_beside(reading, place, texts[:_MOST])


@lru_cache(maxsize=4096)
def _place(name: str, places: Places) -> str:
    return next((place for pattern, place in places if re.fullmatch(pattern, name)), "")


def _texts(package: Package, name: str) -> list[str]:
    try:
        data = package.read(name)
    except Unreadable:
        return []
    return words_in(data)


def words_in(data: bytes) -> list[str]:
    """The words in the XML of a part, as `words_of` gives them; none where it is damaged or has no Chinese."""
    if len(data) > _MOST_BYTES or not _CHINESE.search(data):
        return []
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return []
    return list(islice(words_of(root), _MOST))


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
