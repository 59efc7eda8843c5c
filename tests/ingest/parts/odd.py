"""The odd places of every format: words -> files by the place where the words stand."""

from __future__ import annotations

from collections.abc import Callable

from tests.ingest.parts import odd_ooxml, odd_others

ODD: dict[str, Callable[[str], dict[str, bytes]]] = {
    "docx": odd_ooxml.docx,
    "xlsx": odd_ooxml.xlsx,
    "pptx": odd_ooxml.pptx,
    "html": odd_others.html,
    "odt": odd_others.odt,
    "ods": odd_others.ods,
    "odp": odd_others.odp,
    "rtf": odd_others.rtf,
    "eml": odd_others.eml,
    "zip": odd_others.zip_,
    "pdf": odd_others.pdf_,
    "ofd": odd_others.ofd,
    "xps": odd_others.xps,
    "jpg": odd_others.jpg,
    "png": odd_others.png,
}
