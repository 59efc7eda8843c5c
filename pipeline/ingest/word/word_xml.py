"""Word documents saved as one XML file: flat packages (Word 2007 on) and WordML (Word 2003), both read as the DOCX they are.

WordML has the elements of DOCX under another name space; printed list labels stand in it (``wx:t``), pictures as base64.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile

from lxml import etree

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Reading, reader
from pipeline.ingest.word.docx import read_docx
from pipeline.ingest.word.docx_numbering import W

_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_VML = "{urn:schemas-microsoft-com:vml}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_IMAGE = _RELATION[1:-1] + "/image"
_MAX_BYTES = 256 * 1024**2


@reader("wordxml")
def read_word_xml(data: bytes) -> Reading:
    """The reading of the package that the file stands for."""
    if len(data) > _MAX_BYTES:
        raise Unreadable("超出限制", f"文件 {len(data) // 1024**2} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
    root = etree.fromstring(data, parser)
    if root is None:
        raise Unreadable("文件损坏", "XML 打不开")
    etree.strip_elements(root, etree.Entity, with_tail=False)
    parts = _flat_parts(root) if root.tag == f"{_FLAT}package" else _old_parts(root)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as package:
        for name, body in parts.items():
            package.writestr(name, body)
    return read_docx(stored.getvalue())


def _flat_parts(root: etree._Element) -> dict[str, bytes]:
    parts = {}
    for part in root.iter(f"{_FLAT}part"):
        xml, binary = part.find(f"{_FLAT}xmlData"), part.find(f"{_FLAT}binaryData")
        name = (part.get(f"{_FLAT}name") or "").lstrip("/")
        if name and xml is not None and len(xml):
            parts[name] = etree.tostring(xml[0], encoding="utf-8")
        elif name and binary is not None:
            parts[name] = _decoded(binary.text or "")
    return parts


def _old_parts(root: etree._Element) -> dict[str, bytes]:
    body = root.find(f".//{_OLD}body")
    if body is None:
        raise Unreadable("文件损坏", "Word XML 中没有正文")
    parts: dict[str, bytes] = {}
    relations: list[str] = []
    for node in list(body.iter(f"{_OLD}pict")):
        _take_picture(node, parts, relations)
    for label in list(body.iter(f"{_OLD}listPr")):
        _print_label(label)
    for number, note in enumerate(list(body.iter(f"{_OLD}footnote", f"{_OLD}endnote"))):
        note.tag = f"{_OLD}txbxContent"  # a note stands where it is cited: read after its paragraph, as a text box is
        note.set("number", str(number))
    document = etree.Element(f"{_OLD}document")
    document.append(body)
    xml = etree.tostring(document, encoding="utf-8").replace(_OLD[1:-1].encode(), W[1:-1].encode())
    parts["word/document.xml"] = xml
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = "".join(relations)
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{space}">{listed}</Relationships>'.encode()
    return parts


def _take_picture(node: etree._Element, parts: dict[str, bytes], relations: list[str]) -> None:
    """Make a part of a picture, and its ``v:imagedata`` refer to it."""
    names = {}
    for binary in node.findall(f"{_OLD}binData"):
        key = f"rId{len(relations) + 1}"
        name = f"media/{key}"
        names[binary.get(f"{_OLD}name")] = key
        parts[f"word/{name}"] = _decoded(binary.text or "")
        relations.append(f'<Relationship Id="{key}" Type="{_IMAGE}" Target="{name}"/>')
        node.remove(binary)
    for shown in node.iter(f"{_VML}imagedata"):
        if shown.get("src") in names:
            shown.set(f"{_RELATION}id", names[shown.get("src")])


def _print_label(label: etree._Element) -> None:
    """Put the label that Word printed before the paragraph's text."""
    printed = label.find(f"{_HINT}t")
    paragraph = next((each for each in label.iterancestors() if each.tag == f"{_OLD}p"), None)
    if printed is None or paragraph is None:
        return
    run = etree.Element(f"{_OLD}r")
    etree.SubElement(run, f"{_OLD}t").text = printed.get(f"{_HINT}val", "")
    paragraph.insert(1 if paragraph[0].tag == f"{_OLD}pPr" else 0, run)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""
