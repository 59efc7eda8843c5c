"""Nine more shapes of saved pages, six articles each: title, number, text, what stands round it, flags: each right on 96 %."""

from __future__ import annotations

from collections import Counter

import pipeline
from pipeline.ingest import read_document
from tests.ingest.web.saved_pages import ARTICLES, CHROME, SHAPES, stored

BAR = 0.96


def test_pages_are_their_articles() -> None:
    right: Counter[str] = Counter()
    wrong = []
    for shape in SHAPES:
        for article in ARTICLES:
            document = read_document(stored(shape, article), "a.html")
            screening = pipeline.screen(document)
            bare = "".join(document.text.split())
            found = {
                "题": screening.metadata.title == article.title,
                "号": screening.metadata.number == article.number,
                "文": all("".join(text.split()) in bare for text in article.paragraphs),
                "栏": not any(text in document.text for text in CHROME),
                "判": screening.flagged == article.relevant,
            }
            right.update(name for name, good in found.items() if good)
            wrong += [f"{shape} {article.number} {name}" for name, good in found.items() if not good]
    pages = len(SHAPES) * len(ARTICLES)
    assert pages == 54
    assert all(right[name] >= BAR * pages for name in "题号文栏判"), wrong


def test_a_value_in_the_block_behind_its_name_is_an_entry() -> None:
    facts = read_document(stored("信息公开", ARTICLES[0]), "a.html").facts
    assert "文号：青水发〔2019〕21号" in facts
    assert "索引号：QH0001-2022-0007" in facts
