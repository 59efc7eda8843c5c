"""Whether the text that a file carries is what a person sees on the page (文字层是否可用).

A scan carries none, or a stamp's few characters; a font with a broken map to characters (ToUnicode) carries symbols, or
Chinese characters that nobody writes. Such pages go to OCR.
"""

from __future__ import annotations

import re

from pipeline.ingest.common_characters import COMMON, USUAL

_FEW = 30  # characters; fewer on a page with a large picture: a stamp or page number over a scan
_SCANNED = 0.5  # share of the page that a picture covers where its few characters are not the text
_NOT_CHINESE = 0.04  # share of common characters among the Chinese ones; in official documents it is about 0.3
_FOREIGN = (
    0.35  # share of usual characters among the Chinese ones: never below 0.37 in what offices write, 0.13 in shuffled maps
)
_READABLE = 0.06  # share of common characters in all text, above which the odd signs are bullets and formulas
_GARBAGE = 0.15  # share of signs that no prose has
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_FILLING = re.compile(r"[\s\d０-９.．…—·-]")
_ODD = re.compile(
    r"[!\"#$%&'*+;<=>?@\[\\\]^`{|}~\x00-\x1f\x7f-\xa6\xa8-\xaf\xb2-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff\ue000-\uf8ff\ufffd]"
)


def needs_ocr(text: str, picture_share: float) -> bool:
    """Whether a page with this text, of which a picture covers ``picture_share`` (0 to 1), has to be recognised."""
    bare = _FILLING.sub("", text)
    if len(bare) < _FEW:
        return picture_share > _SCANNED
    chinese = _CHINESE.findall(bare)
    common = sum(map(COMMON.__contains__, chinese))
    usual = sum(map(USUAL.__contains__, chinese))
    if len(chinese) >= 2 * _FEW and common < _NOT_CHINESE * len(chinese) and usual < _FOREIGN * len(chinese):
        return True
    return common < _READABLE * len(bare) and len(_ODD.findall(bare)) >= _GARBAGE * len(bare)
