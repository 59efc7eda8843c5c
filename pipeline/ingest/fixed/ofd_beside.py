"""What lies over the pages of an OFD: annotations (GB/T 33190, 15) with their words and pictures, the pictures of seals (18)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ofdkit
from lxml import etree
from ofdkit.package import Package

from pipeline.ingest.office.kept_apart import words_in

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_SEALS = (".esl", "SignedValue.dat", "SignedValue.xml", "Seal.dat")
_NO_WORDS = re.compile(r"Res\.xml$|Sign", re.I)
BESIDE = ("Annotations.xml", *_SEALS)  # how the names of the files end that hold any of it


def annotation_texts(package: Package) -> Iterator[str]:
    """The words of each annotation, a line of text a string."""
    for page in _annotated(package):
        for appearance in page.iter():
            if _local(appearance) == "Appearance":
                words = ["".join(code.itertext()) for code in appearance.iter() if _local(code) == "TextCode"]
                text = "".join(words).strip()
                yield from [text] if text else []


def seal_pictures(package: Package, media: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """The pictures that annotations and seals show, with the name of their place."""
    for page in _annotated(package):
        for shown in page.iter():
            file = media.get(shown.get("ResourceID") or "") if _local(shown) == "ImageObject" else None
            if file is not None:
                yield "注释中的图片", package.read(file)
    for name in package.names:
        if name.endswith(_SEALS):
            data = package.read(name)
            starts = [at for mark in _PICTURES if (at := data.find(mark)) >= 0]
            yield from [("电子印章图片", data[min(starts) :])] if starts else []


def outline_titles(package: Package) -> Iterator[str]:
    """The titles of the bookmarks of each document in the package."""
    for name in package.names:
        if name.endswith("Document.xml"):
            yield from (
                each.get("Title", "") for node in _children(package, name) if _local(node) == "Outlines" for each in node.iter()
            )


def words_apart(package: Package, pages: frozenset[str]) -> Iterator[str]:
    """What stands in XML that is no page of the document and no resource: its properties, tags, remarks, older pages."""
    for name in package.names:
        if name.endswith(".xml") and name not in pages and not _NO_WORDS.search(name):
            yield from words_in(package.read(name))


def _annotated(package: Package) -> Iterator[etree._Element]:
    """The annotations of each page."""
    for listed in (name for name in package.names if name.endswith("Annotations.xml")):
        for page in _children(package, listed):
            for location in page.iter():
                file = package.resolve(listed, (location.text or "").strip()) if _local(location) == "FileLoc" else None
                if file is not None:
                    yield from _root(package, file)


def _children(package: Package, name: str) -> Iterator[etree._Element]:
    return (child for root in _root(package, name) for child in root)


def _root(package: Package, name: str) -> Iterator[etree._Element]:
    try:
        yield package.read_xml(name)
    except (ofdkit.OFDError, etree.XMLSyntaxError):
        return


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
