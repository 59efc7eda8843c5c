"""OFD: lines in order with their places, scanned pages, damage."""

import io
import zipfile
from pathlib import Path

import pytest

from benchmarks import reading_samples
from pipeline.document import UnreadableFile
from pipeline.ingest import read_document
from pipeline.ingest.ocr import pictures
from pipeline.ingest.readers import Line

SHARED = Path(__file__).resolve().parents[2] / "../shared/corpus/files"


def package(pages: list[str], **parts: bytes) -> bytes:
    """An OFD of pages given as the XML inside their layer."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        body = "<ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        archive.writestr("OFD.xml", f"<ofd:OFD {space}><ofd:DocBody>{body}</ofd:DocBody></ofd:OFD>")
        links = "".join(f'<ofd:Page ID="{index}" BaseLoc="P{index}.xml"/>' for index in range(len(pages)))
        area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        resources = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        common = f"<ofd:CommonData>{area}{resources}</ofd:CommonData>"
        archive.writestr("Doc_0/Document.xml", f"<ofd:Document {space}>{common}<ofd:Pages>{links}</ofd:Pages></ofd:Document>")
        media = '<ofd:MultiMedia ID="7" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia>'
        inner = f"<ofd:MultiMedias>{media}</ofd:MultiMedias>"
        archive.writestr("Doc_0/DocumentRes.xml", f'<ofd:Res {space} BaseLoc="Res">{inner}</ofd:Res>')
        for index, layer in enumerate(pages):
            content = f"<ofd:Page {space}><ofd:Content><ofd:Layer>{layer}</ofd:Layer></ofd:Content></ofd:Page>"
            archive.writestr(f"Doc_0/P{index}.xml", content)
        for name, data in parts.items():
            archive.writestr(f"Doc_0/Res/{name}.png", data)
    return stored.getvalue()


def run(x: float, y: float, text: str, size: float = 5.0) -> str:
    code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(text) - 1} {size}">{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{x} {y} 150 10" Font="1" Size="{size}">{code}</ofd:TextObject>'


def test_sample_comes_out_whole():
    text = read_document(reading_samples.ofd(), "a.ofd").text
    assert "".join(text.split()) == "".join(reading_samples.expected().split())


def test_lines_are_read_from_the_top_whatever_their_order_in_the_file():
    assert read_document(package([run(30, 80, "第二行。") + run(30, 40, "第一行。")]), "a.ofd").text == "第一行。\n第二行。"


def test_number_split_into_runs_is_one_string():
    page = run(30, 40, "依据国办发〔") + run(60, 40, "2020", 5) + run(80, 40, "〕49号")
    assert "国办发〔2020〕49号" in read_document(package([page]), "a.ofd").text.replace(" ", "")


def test_bold_face_drawn_twice_is_read_once():
    assert read_document(package([run(30, 40, "信用办法") * 2]), "a.ofd").text == "信用办法"


def test_wide_gap_parts_cells():
    assert read_document(package([run(30, 40, "序号") + run(120, 40, "措施")]), "a.ofd").text == "序号\t措施"


def test_scanned_page_goes_to_ocr_and_is_noted(monkeypatch):
    monkeypatch.setattr(pictures, "read_bitmap", lambda pixels, page: [Line("扫描的文字。", page, "line")])
    picture = io.BytesIO()
    from PIL import Image

    Image.new("RGB", (20, 30), "white").save(picture, "PNG")
    scan = '<ofd:ImageObject ID="3" ResourceID="7" Boundary="0 0 210 297"/>'
    document = read_document(package([run(30, 40, "有文字的页。"), scan], scan=picture.getvalue()), "a.ofd")
    assert document.text == "有文字的页。\n扫描的文字。"
    assert document.notes == ("第2页经OCR识别",)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_cut_file_is_damage(share):
    data = reading_samples.ofd()
    with pytest.raises(UnreadableFile) as raised:
        read_document(data[: int(len(data) * share)], "a.ofd")
    assert raised.value.kind == "文件损坏"


@pytest.mark.skipif(not SHARED.is_dir(), reason="没有 shared 语料")
def test_real_files_give_their_titles():
    titles = ["关于同意张阿三同志辞职的批复", "关于加快南货场铁路涵洞下穿建设的函", "市委主要领导同志调研后续落实事项的通知"]
    for index, title in enumerate(titles, start=1):
        data = (SHARED / f"file-ofd-00{index}.ofd").read_bytes()
        assert title in read_document(data, "a.ofd").text
