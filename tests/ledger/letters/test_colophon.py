"""版记 （GB/T 9704-2012, 7.4 and 10.1）: at the end of what goes out, at the foot of its last page."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from docx import Document
from docx.oxml.ns import qn

from pipeline.ledger.letters import KINDS, draft
from tests.ledger.letters.letter_samples import facts

_MM_OF_POINT = 25.4 / 72
COPIES = ("云河市人民政府办公室", "云河市司法局")


def settled(**unit):
    made = facts()
    return replace(made, unit=replace(made.unit, **unit))


def colophon(path: Path):
    """The floating table, None where there is none."""
    tables = Document(str(path)).tables
    return next((table for table in tables if table._tbl.tblPr.find(qn("w:tblpPr")) is not None), None)


@pytest.mark.parametrize("kind", ["方案", "季报", "总结", "废止公告", "清理建议"])
def test_copies_printer_and_date_stand_between_lines_in_size_four(kind: str, tmp_path: Path) -> None:
    said = settled(copies_to=COPIES, printer="云河市住房和城乡建设局办公室")
    made = [each for each in draft(kind, said, tmp_path) if "不明" not in each.path.name]
    for each in made:
        table = colophon(each.path)
        if kind == "方案":  # 信函
            assert [cell.text for cell in table.columns[0].cells] == ["抄送：云河市人民政府办公室，云河市司法局。"]
            continue
        copies, printed = (row.cells[0].paragraphs[0] for row in table.rows)
        assert copies.text == "抄送：云河市人民政府办公室，云河市司法局。"
        assert printed.text == "云河市住房和城乡建设局办公室\t××××年×月×日印发" and "印发日期" in each.blanks
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        thick = {
            side: int(borders.find(qn(f"w:{side}")).get(qn("w:sz"))) / 8 * _MM_OF_POINT for side in ("top", "insideH", "bottom")
        }
        assert [round(thick[side], 2) for side in ("top", "insideH", "bottom")] == [0.35, 0.26, 0.35]
        for paragraph in (copies, printed):
            sizes = {run.font.size.pt for run in paragraph.runs if run.text.strip()}
            assert sizes == {14} and paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
        assert abs(printed.paragraph_format.left_indent.pt - 14) < 0.5  # 左右各空一字
        assert abs(printed.paragraph_format.right_indent.pt - 14) < 0.5
        shape = copies.paragraph_format  # 回行与冒号后的首字对齐
        assert abs(shape.left_indent.pt - 4 * 14) < 1.5 and abs(shape.first_line_indent.pt + 3 * 14) < 1


def test_a_form_has_none_and_a_letter_without_copies_neither(tmp_path: Path) -> None:
    for kind in KINDS:
        for each in draft(kind, settled(copies_to=()), tmp_path):
            table = colophon(each.path)
            assert (table is None) == (kind in ("报送函", "方案", "联系人表", "对照表"))


def test_who_prints_is_a_blank_until_the_unit_says_and_anothers_is_not_ours(tmp_path: Path) -> None:
    made = draft("废止公告", settled(copies_to=COPIES, printer=""), tmp_path)
    assert all("印发机关" in each.blanks for each in made)
    other = next(each for each in made if "不明" in each.path.name)
    assert "抄送" not in "".join(cell.text for cell in colophon(other.path).columns[0].cells)
    (report,) = draft("季报", settled(printer="云河市住房和城乡建设局办公室"), tmp_path)
    assert "印发机关" not in report.blanks


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_its_last_line_lies_on_the_lower_edge_of_the_type_area_of_the_last_page(tmp_path: Path) -> None:
    (report,) = draft("季报", settled(copies_to=COPIES), tmp_path)
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(report.path)], check=True, capture_output=True, timeout=180)
    with pdfplumber.open(report.path.with_suffix(".pdf")) as pdf:
        assert all("抄送" not in page.extract_text() for page in pdf.pages[:-1])
        page = pdf.pages[-1]
        copies = next(word for word in page.extract_words() if word["text"].startswith("抄送"))
        drawn = [*page.lines, *page.rects, *page.curves]
        lines = [each for each in drawn if each["bottom"] >= copies["top"] - 20 and each["x1"] - each["x0"] > 400]
        assert len({round(each["top"]) for each in lines}) >= 3
        last = max(lines, key=lambda each: each["bottom"])
        assert abs(last["bottom"] * _MM_OF_POINT - (297 - 35)) < 1
        assert abs(last["x0"] * _MM_OF_POINT - 28) < 0.6 and abs(last["x1"] * _MM_OF_POINT - (210 - 26)) < 0.6
