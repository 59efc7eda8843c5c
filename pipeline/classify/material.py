"""The material judge (材料判): is a whole text an office paper, or news, a case, a textbook, a manual, a chat, a page of links?

A clause read alone can't tell: 「村里不收他的申请」 is a measure in a village's rules and a sentence in a novel. This judge is linear over
hashed n-grams of the text. It is asked only of a text that bears no mark of an office paper (number, addressees, 文种, articles); what
reaches its bound is shown apart (非政策文件中提到) and hidden nowhere. The bound is proved on writers who were left out: at most
`TAKEN_APART` of what they wrote with a measure in it reaches it.
"""

from __future__ import annotations

from pipeline.classify.model import load_model

OTHER = "其他"
TAKEN_APART = 0.003
READ = 6_000  # characters from the head: what a text is shows early
#: What the notice does not ask for and this judge knows; the rest (合同, 招标投标文件, 讲话 …) is told by its own marks.
NO_OFFICE_PAPER = frozenset({"新闻", "裁判文书和案例", "网页目录", "论文和技术资料", "解读和办事指南", OTHER})


def is_no_office_paper(text: str) -> bool:
    """Whether a text is surely none of an office's papers."""
    judge = load_model().material
    return bool(judge.values([""], [text[:READ]])[0] >= judge.bound)
