"""An Office package (OOXML): its parts, and what each of them refers to; entities are not resolved, bombs refused."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import NamedTuple

from lxml import etree

from pipeline.ingest.problems import Unreadable

_MAX_PART = 256 * 1024**2
_MAX_RATIO = 300
_ROOT = 4096  # bytes in which the root element and its namespaces stand
_RATIO_FROM = 20 * 1024**2
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = {"word": "word/document.xml", "ppt": "ppt/presentation.xml", "xl": "xl/workbook.xml"}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")  # ISO's names for what Office writes with a year
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Target(NamedTuple):
    """What a relationship leads to: the last word of its type (image, chart, oleObject ...), and the part's name or, where
    it lies outside the package, its address."""

    kind: str
    name: str
    external: bool


class Package:
    """The parts of a package by name; a context manager."""

    def __init__(self, data: bytes):
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self._zip.namelist())
        self._targets: dict[str, dict[str, Target]] = {}
        self._usual: dict[str, str] = {}
        if not self.names.intersection(_MAIN.values()):
            self._name_as_usual()

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def _name_as_usual(self) -> None:
        """Parts may have any name (document2.xml): they are found under the usual ones as well."""
        main = next((each.name for each in self.targets("").values() if each.kind == "officeDocument"), "")
        folder = main.partition("/")[0]
        if folder not in _MAIN or main not in self.names:
            return
        own = {f"{folder}/{each.kind}.xml": each.name for each in self.targets(main).values() if each.name in self.names}
        self._usual = {usual: name for usual, name in own.items() if usual not in self.names} | {_MAIN[folder]: main}
        self._targets[_MAIN[folder]] = self.targets(main)
        self.names |= self._usual.keys()

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises KeyError where there is none, Unreadable for a bomb."""
        info = self._zip.getinfo(self._usual.get(name, name))
        bomb = info.file_size > _RATIO_FROM and info.file_size > _MAX_RATIO * max(info.compress_size, 1)
        if info.file_size > _MAX_PART or bomb:
            raise Unreadable("超出限制", "文件解压后过大")
        with self._zip.open(info) as stream:
            return stream.read(_MAX_PART)

    def part(self, name: str) -> etree._Element | None:
        """A part parsed; None where there is none."""
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=False)
        data = self.read(name)
        if b"purl.oclc.org" in data[:_ROOT]:
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        return etree.fromstring(data, parser)

    def targets(self, name: str) -> dict[str, Target]:
        """What a part refers to, by the id of the relationship."""
        if name not in self._targets:
            folder, _, file = name.rpartition("/")
            root = self.part(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
            found = {}
            for each in root.iter(f"{_RELATIONSHIPS}Relationship") if root is not None else ():
                target, external = each.get("Target", ""), each.get("TargetMode") == "External"
                path = target if external else posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[each.get("Id", "")] = Target(each.get("Type", "").rpartition("/")[2], path, external)
            self._targets[name] = found
        return self._targets[name]
