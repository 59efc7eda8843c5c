"""One document in several places becomes one group; two documents never do."""

from __future__ import annotations

import random
from dataclasses import replace

from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.duplicates import group, same_document, signature
from pipeline.archive.store import Summary
from pipeline.minhash import PERMUTATIONS, minhash

BODY = "".join(
    f"第{n}条 {place}路段的环卫工人应当于每日{n}时前完成清扫，由{place}街道办事处检查。"
    for n, place in enumerate("东西南北中上下左右前后", 1)
)
OTHER = "".join(
    f"{n}、{name}水库管理站负责{name}水库的巡查，水位超过警戒线时报告水利局。"
    for n, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
)


def copy(sha, text=BODY, **more):
    known = {
        "flagged": False,
        "score": 0.1,
        "title": "关于清扫路段的通知",
        "number": "云环〔2019〕3号",
        "date": "2019-03-02",
        "draft": False,
        "format": "docx",
    }
    return Summary(sha, **{**known, **more}, signature=signature(text))


def leaders(*summaries):
    """The leading file of each, every document lying in one file."""
    groups = group(summaries)
    paths = {summary.sha256: f"{summary.sha256}.{summary.format}" for summary in summaries}
    lead = {}
    for each in sorted(groups, key=lambda each: (each.rank, paths[each.sha256])):
        lead.setdefault(each.name, paths[each.sha256])
    return {paths[each.sha256]: lead[each.name] for each in groups}


def test_same_document_in_two_formats_is_led_by_the_layout_as_issued():
    assert set(leaders(copy("a"), copy("b", format="pdf")).values()) == {"b.pdf"}


def test_final_text_leads_its_draft_whatever_the_formats():
    draft = copy("a", BODY + "（征求意见稿）", draft=True, number="", format="pdf")
    assert set(leaders(draft, copy("b", format="txt")).values()) == {"b.txt"}


def test_white_space_parts_no_copies():
    assert set(leaders(copy("a"), copy("b", BODY.replace("，", "，\n "))).values()) == {"a.docx"}


def test_same_number_and_title_with_a_corrected_sentence_are_one_document():
    assert same_document(copy("a"), copy("b", BODY.replace("每日3时", "每日四时", 1)))


def test_same_text_under_another_number_is_another_document():
    assert not same_document(copy("a"), copy("b", number="云环〔2020〕3号"))


def test_same_text_of_another_date_is_another_document():
    assert not same_document(copy("a"), copy("b", date="2020-03-02"))


def test_same_title_over_another_text_is_another_document():
    assert not same_document(copy("a"), copy("b", OTHER))


def test_texts_that_are_judged_differently_are_never_merged():
    assert not same_document(copy("a"), copy("b", flagged=True))


@given(st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_the_files(shuffle: random.Random):
    summaries = [
        copy("a"),
        copy("b", format="pdf"),
        copy("c", OTHER, title="关于水库巡查的通知", number="", date=""),
        copy("d", BODY + "附件另发。"),
    ]
    summaries.append(replace(summaries[2], sha256="e", format="doc"))
    before = leaders(*summaries)
    shuffle.shuffle(summaries)
    assert leaders(*summaries) == before
    assert len(set(before.values())) == 2


@given(st.sets(st.binary(max_size=20), min_size=1, max_size=300))
def test_signatures_are_those_of_the_known_library(items):
    known = MinHash(num_perm=PERMUTATIONS, seed=1)
    known.update_batch(items)
    assert minhash(items).tolist() == known.hashvalues.tolist()
