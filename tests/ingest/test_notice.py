"""A real notice (长发改信用发〔2021〕17号) read right from its text as extracted; skipped where it is not at hand.

Only facts about it stand here: its number, the titles that it cites, its layout.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from pipeline.document import Level, Screening
from pipeline.screening import screen

NOTICE = Path(__file__).parents[2] / "../shared/notice-2021-17.txt"
pytestmark = pytest.mark.skipif(not NOTICE.is_file(), reason="旁边没有 shared/ 的通知原文")


@cache
def screened() -> Screening:
    return screen(NOTICE)


def test_number_title_issuer_and_dates_are_those_printed() -> None:
    metadata = screened().metadata
    assert metadata.number == "长发改信用发〔2021〕17号"
    assert metadata.title == "长治市发展和改革委员会关于开展失信约束措施清理规范工作的通知"
    assert metadata.issuers == ["长治市发展和改革委员会"]
    assert metadata.printed == "2021-01-19"
    assert metadata.kind == "通知"


def test_letterspaced_words_and_dates_are_closed_up() -> None:
    text = screened().document.text
    assert not re.search(r"通\s+知", text)
    assert not re.search(r"\d\s+[年月日号]|[年月]\s+\d", text)


def test_sentences_that_page_breaks_cut_are_whole() -> None:
    paragraphs = screened().document.text.split("\n")
    start = next(index for index, text in enumerate(paragraphs) if text.endswith("："))
    end = next(index for index, text in enumerate(paragraphs) if text.startswith("联系人"))
    numbered = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]")
    for text in paragraphs[start:end]:
        assert text.endswith(("。", "：", "；")) or numbered.match(text), len(text)
    raw = [line for line in NOTICE.read_text(encoding="utf-8").split("\n") if line.strip()]
    assert len(paragraphs) == len(raw) - 4  # four page breaks fall into sentences


def test_both_parent_documents_are_cited_with_their_levels() -> None:
    cited = {citation.number: citation for citation in screened().citations}
    central, provincial = cited["国办发〔2020〕49号"], cited["晋发改信用发〔2021〕19号"]
    assert central.title == "关于进一步完善失信约束制度构建诚信建设长效机制的指导意见"
    assert (central.level, central.qualified) == (Level.CENTRAL_POLICY, True)
    assert provincial.title == "关于扎实开展失信约束措施清理规范工作的通知"
    assert (provincial.level, provincial.qualified) == (Level.LOCAL_NORMATIVE, False)
