"""Every format that can be written here, with the places that it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from benchmarks.reading_samples import converted
from tests.ingest.parts import drawn, ooxml, open_document, others, pdf, plant, web


@dataclass(frozen=True)
class Format:
    """How a file of a format is written: sentences at places -> bytes; ``places`` are those that it has."""

    name: str
    build: Callable[[plant.Planted], bytes]
    places: tuple[str, ...]


FORMATS = {
    each.name: each
    for each in (
        Format("docx", ooxml.build_docx, ooxml.DOCX),
        Format("xlsx", ooxml.build_xlsx, ooxml.XLSX),
        Format("pptx", ooxml.build_pptx, ooxml.PPTX),
        Format("pdf", pdf.build_pdf, pdf.PDF),
        Format("html", web.build_html, web.HTML),
        Format("mht", web.build_mht, web.MHT),
        Format("eml", web.build_eml, web.EML),
        Format("rtf", others.build_rtf, others.RTF),
        Format("odt", open_document.build_odt, open_document.ODT),
        Format("ods", open_document.build_ods, open_document.ODS),
        Format("odp", open_document.build_odp, open_document.ODP),
        Format("ofd", others.build_ofd, others.OFD),
        Format("xps", others.build_xps, others.XPS),
        Format("txt", others.build_txt, others.TXT),
        Format("zip", others.build_zip, others.ZIP),
        Format("xml", others.build_wordxml, others.WORDXML),
    )
}
# Binary Office files, saved by LibreOffice from the format beside them; what it can't carry over is left out.
_LOST = {"公式结果",
    "表单控件", "SmartArt", "图表", "图表工作表", "插入的HTML", "插入的DOCX", "链接的图片", "公式", "下拉列表", "旧式表单域", "艺术字",
         "注音", "首页页眉", "页眉文本框", "水印", "新式批注", "没有结果的公式", "页眉里的图片", *ooxml.EMBEDDED, *drawn.PROPERTIES}  # fmt: skip
_SAVED = {"doc": ("docx", "doc:MS Word 97"), "xls": ("xlsx", "xls:MS Excel 97"), "ppt": ("pptx", "ppt:MS PowerPoint 97")}


def _saved(ending: str) -> Format:
    source, target = _SAVED[ending]
    places = tuple(place for place in FORMATS[source].places if place not in _LOST)

    def build(planted: plant.Planted) -> bytes:
        saved = tuple(each for each in planted if each[0] not in drawn.PUT_IN[ending])
        return drawn.with_properties(converted(FORMATS[source].build(saved), target, source), planted)

    return Format(ending, cache(build), (*places, *drawn.PUT_IN[ending]))


BINARY = {ending: _saved(ending) for ending in _SAVED}
