"""失信约束文件筛查: finds the documents that set out measures against dishonest conduct, and judges their legal bases.

The whole product, as an outside user sees it::

    import pipeline
    screening = pipeline.screen("某办法.docx")
    screening.flagged, screening.functions, screening.suggestion
    pipeline.find_citations("根据《中华人民共和国政府采购法》第七十七条……")
    pipeline.scan("档案目录", "输出目录").documents

Rooms are imported when first used, so that ``import pipeline`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.archive import ScanResult as ScanResult
    from pipeline.archive import scan as scan
    from pipeline.document import UnreadableFile as UnreadableFile
    from pipeline.extract import find_citations as find_citations
    from pipeline.ingest import read as read
    from pipeline.screening import screen as screen

_HOMES = {
    "read": "pipeline.ingest",
    "screen": "pipeline.screening",
    "find_citations": "pipeline.extract",
    "scan": "pipeline.archive",
    "ScanResult": "pipeline.archive",
    "UnreadableFile": "pipeline.document",
}
__all__ = ["ScanResult", "UnreadableFile", "find_citations", "read", "scan", "screen"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
