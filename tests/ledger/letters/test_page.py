"""Every DOCX against the numbers of GB/T 9704-2012, as written and as LibreOffice sets it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline.ledger.letters import KINDS, draft
from pipeline.ledger.letters.letter import Form, Letter, Text
from pipeline.ledger.letters.setting import write_letter
from tests.ledger.letters.letter_samples import facts

_MM = 36_000  # English metric units
_MM_OF_POINT = 25.4 / 72


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    folder = tmp_path_factory.mktemp("letters")
    return {kind: [made.path for made in draft(kind, facts(), folder)] for kind in KINDS}


@pytest.mark.parametrize("kind", list(KINDS))
def test_page_margins_type_area_and_grid(drafted: dict[str, list[Path]], kind: str) -> None:
    assert drafted[kind]
    for path in drafted[kind]:
        document = Document(str(path))
        for section in document.sections:
            page = (section.page_width, section.page_height)
            margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
            assert [round(value / _MM, 1) for value in page] == [210, 297]
            assert [round(value / _MM, 1) for value in margins] == [37, 35, 28, 26]
            width = section.page_width - section.left_margin - section.right_margin
            height = section.page_height - section.top_margin - section.bottom_margin
            assert (round(width / _MM), round(height / _MM)) == (156, 225)
            pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))) / 20
            assert 28 <= pitch <= 29 and int(height / _MM / _MM_OF_POINT / pitch) == 22


@pytest.mark.parametrize("kind", list(KINDS))
def test_body_is_size_three_fangsong_28_characters_wide(drafted: dict[str, list[Path]], kind: str) -> None:
    for path in drafted[kind]:
        normal = Document(str(path)).styles["Normal"]
        fonts = normal.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312" and normal.font.size.pt == 16
        closer = int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
        assert int(156 / _MM_OF_POINT / (16 + closer)) == 28
        assert 28 <= normal.paragraph_format.line_spacing.pt <= 29


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_font_has_others_that_stand_in(drafted: dict[str, list[Path]], kind: str) -> None:
    for path in drafted[kind]:
        package = zipfile.ZipFile(path)
        used = set(re.findall(r'w:eastAsia="([^"]+)"', package.read("word/document.xml").decode()))
        table = package.read("word/fontTable.xml").decode()
        stand_in = dict(re.findall(r'<w:font w:name="([^"]+)"><w:altName w:val="([^"]+)"', table))
        assert used <= stand_in.keys()
        assert "宋体" in stand_in["方正小标宋简体"].split(",") and "仿宋" in stand_in["仿宋_GB2312"].split(",")


@pytest.mark.parametrize("kind", ["报送函", "方案", "季报", "总结", "废止公告", "清理建议"])
def test_title_headings_and_signature(drafted: dict[str, list[Path]], kind: str) -> None:
    for path in drafted[kind]:
        paragraphs = Document(str(path)).paragraphs
        title = next(p for p in paragraphs if p.runs and p.runs[0].font.size and p.runs[0].font.size.pt == 22)
        assert _face(title) == "方正小标宋简体" and title.alignment == 1
        for paragraph in paragraphs:
            if re.match(r"[一二三四]、", paragraph.text):
                assert _face(paragraph) == "黑体"
                assert abs(paragraph.paragraph_format.first_line_indent.pt - 32) < 1
        at = next(i for i, p in enumerate(paragraphs) if p.text == "××××年×月×日")
        date, name, above = paragraphs[at], paragraphs[at - 1], paragraphs[at - 3 : at - 1]
        assert date.alignment == 2 and abs(date.paragraph_format.right_indent.pt - 4 * 16) < 2  # 右空四字
        assert not any(paragraph.text for paragraph in above)  # the seal's place
        wide, right = len(name.text) * 15.75, name.paragraph_format.right_indent.pt
        centre_of_date = 4 * 15.75 + len(date.text) * 15.75 / 2
        assert abs(right + wide / 2 - centre_of_date) < 16 or right == 0


def test_page_numbers_stand_outside_between_dashes(drafted: dict[str, list[Path]]) -> None:
    for paths in drafted.values():
        for path in paths:
            document = Document(str(path))
            section = document.sections[0]
            assert document.settings.odd_and_even_pages_header_footer
            for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
                paragraph = footer.paragraphs[0]
                assert paragraph.text == "— 1 —" and paragraph.alignment == side
                assert {run.font.size.pt for run in paragraph.runs} == {14} and _face(paragraph) == "宋体"


def test_an_upward_document_names_its_signer_and_a_letter_has_its_double_line(drafted: dict[str, list[Path]]) -> None:
    for kind in ("季报", "总结", "清理建议"):
        assert any("签发人：" in paragraph.text for paragraph in Document(str(drafted[kind][0])).paragraphs)
    section = Document(str(drafted["报送函"][0])).sections[0]
    assert section.different_first_page_header_footer and round(section.header_distance / _MM) == 30
    assert "thickThinSmallGap" in section.first_page_header._element.xml and round(section.footer_distance / _MM) == 20


def test_blanks_are_marked_in_yellow_and_all_of_them_listed(tmp_path: Path) -> None:
    for kind in KINDS:
        for made in draft(kind, facts(unit=None), tmp_path):
            document = Document(str(made.path))
            cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
            heads = [p for section in document.sections for p in section.first_page_header.paragraphs]
            runs = [run for paragraph in [*document.paragraphs, *cells, *heads] for run in paragraph.runs]
            marked = {run.text for run in runs if run.font.highlight_color}
            unmarked = "".join(run.text for run in runs if not run.font.highlight_color)
            assert marked and made.blanks
            assert "×" not in unmarked and not re.search("［(?!法律|行政|党中央|地方|部门|规范|层级|效力|不明)", unmarked)
            assert not re.search("[\ue000-\ue002]", "".join(run.text for run in runs))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_full_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    text = Text("云州市青禾县发展改革局失信约束措施清理规范" * 120)
    letter = Letter("满页", Form.DOCUMENT, "云州市某局", "云某〔2021〕1号", "关于某事的通知", "各单位", (text,), "2021年6月1日")
    write_letter(letter, tmp_path / "满页.docx")
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "满页.docx")], check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / "满页.pdf") as pdf:
        page = pdf.pages[1]
        *lines, number = page.extract_text_lines()
        assert [len(line["text"]) for line in lines] == [28] * 22
        assert number["text"] == "— 2 —"
        left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
        assert abs(left * _MM_OF_POINT - 28) < 0.5 and abs(right * _MM_OF_POINT - (210 - 26)) < 0.5
        assert lines[0]["top"] * _MM_OF_POINT >= 37 and lines[-1]["bottom"] * _MM_OF_POINT <= 297 - 35
        assert abs(number["top"] * _MM_OF_POINT - (297 - 35 + 7)) < 2


def _face(paragraph) -> str:
    return paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))
