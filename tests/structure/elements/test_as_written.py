"""Numbers and dates as people write them."""

from __future__ import annotations

import pytest

from pipeline.document import Document, Metadata, Span
from pipeline.structure import parse_metadata
from pipeline.structure.elements.dates import add_years, closing_date
from pipeline.structure.elements.document_numbers import read_number

TITLE = "云州市人民政府办公室关于节约用水的通知"


def metadata_of(number: str, date: str, title: str = TITLE) -> Metadata:
    text = f"{title}\n{number}\n各县区：\n现通知如下，请认真执行。\n云州市人民政府办公室\n{date}"
    return parse_metadata(Document("", "txt", "", text, (Span(0, len(text)),)))


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("云政办发2019年12号", "云政办发〔2019〕12号"),
        ("云政办发2019-12号", "云政办发〔2019〕12号"),
        ("云农规2019年3号", "云农规〔2019〕3号"),
        ("云政办发〔2O19〕12号", "云政办发〔2019〕12号"),
        ("云政办发[2019]l2号", "云政办发〔2019〕12号"),
        ("云政办发（2019）第12号", "云政办发〔2019〕12号"),
        ("云政办发〔2019 12号", "云政办发〔2019〕12号"),
        ("云政办发2019〕12号", "云政办发〔2019〕12号"),
        ("云政办发[二〇一九]12号", "云政办发〔2019〕12号"),
        ("云政办发{2019}12号", "云政办发〔2019〕12号"),
        ("云政办发〈2019〉第12号文", "云政办发〔2019〕12号"),
        ("云政办发〔2019〕12", "云政办发〔2019〕12号"),
        ("云政办发二〇一九年十二号", "云政办发〔2019〕12号"),
        ("云民字第12号", "云民字第12号"),
        ("2019年第12号公告", "2019年第12号公告"),
        ("云州市财政局2019年第12号公告", "云州市财政局2019年第12号公告"),
    ],
)
def test_number_is_no_part_of_the_title(printed: str, number: str) -> None:
    metadata = metadata_of(printed, "2019年5月6日")
    assert (metadata.title, metadata.number) == (TITLE, number)


@pytest.mark.parametrize("line", ["云州市2019年第12号", "第12号", "2019年12月", "全年完成2019年12号线建设", "云州市水务局"])
def test_other_lines_are_no_number(line: str) -> None:
    assert read_number(line) == ""


@pytest.mark.parametrize(
    "date",
    [
        "2019.5.6",
        "2019-05-06",
        "2019/5/6",
        "2019．5．6",
        "2019. 5. 6",
        "二○一九年五月六日",
        "2019年05月06号",
        "2019·5·6",
        "2019、5、6",
        "20190506",
        "2O19年5月6日",
        "19年5月6日",
        "公元2019年5月6日",
    ],
)
def test_date_in_any_form_under_a_signature(date: str) -> None:
    assert metadata_of("云政办发〔2019〕12号", date).date == "2019-05-06"


@pytest.mark.parametrize("date", ["2019年5月", "二〇一九年五月", "2019.5", "2019-05"])
def test_month_alone_is_kept_as_a_month(date: str) -> None:
    assert metadata_of("云政办发〔2019〕12号", date).date == "2019-05"


def test_month_under_no_name_dates_nothing() -> None:
    text = "云州市节约用水规划\n2019年5月\n一、总体要求。坚持节水优先。"
    assert parse_metadata(Document("", "txt", "", text, (Span(0, len(text)),))).date == ""


@pytest.mark.parametrize("printed", ["第12号", "2019年第3号"])
def test_number_above_the_title_may_lack_its_letters(printed: str) -> None:
    text = f"{printed}\n{TITLE}\n各县区：\n现通知如下，请认真执行。\n云州市人民政府办公室\n2019年5月6日"
    metadata = parse_metadata(Document("", "txt", "", text, (Span(0, len(text)),)))
    assert (metadata.title, metadata.number) == (TITLE, printed)


def test_announcement_without_a_title_is_called_by_its_body() -> None:
    text = "云州市财政局\n2019年第12号公告\n为规范票据管理，现公告如下：\n一、停止使用旧票据。\n云州市财政局\n2019年5月6日"
    metadata = parse_metadata(Document("", "txt", "", text, (Span(0, len(text)),)))
    assert (metadata.title, metadata.number) == ("云州市财政局公告", "2019年第12号公告")


def test_term_counted_from_a_month() -> None:
    assert add_years("2019-05", 5) == "2024-05-01"


def test_date_inside_a_line_closes_nothing() -> None:
    assert closing_date("截至2019年5月6日止") is None
    assert closing_date("版本2019.13.45") is None
