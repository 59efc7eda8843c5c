"""ODT: numbers, tables, revisions; encrypted and damaged packages."""

import io
import zipfile
from pathlib import Path

import pytest

from pipeline.document import UnreadableFile
from pipeline.ingest import read, read_document
from tests.ingest.make_samples import EXPECTED

FILES = Path(__file__).parents[1] / "files"
ODT = (FILES / "hard.odt").read_bytes()
SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
)


def package(content: str, manifest: str = "<manifest/>") -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return stored.getvalue()


def body(inner: str, styles: str = "") -> str:
    styles = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    return f"<office:document {SPACES}>{styles}<office:body><office:text>{inner}</office:text></office:body></office:document>"


def test_comes_out_as_on_the_page():
    assert read(FILES / "hard.odt").text == EXPECTED + "\n隐藏的话"


def test_list_number_is_counted_with_prefix_and_suffix():
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
        'style:num-prefix="第" style:num-suffix="条" text:start-value="9"/></text:list-style>'
    )
    items = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in ("甲方", "乙方"))
    data = package(body(f'<text:list text:style-name="L">{items}</text:list>', style))
    assert read_document(data, "a.odt").text == "第九条 甲方\n第十条 乙方"


def test_spaces_tabs_and_breaks_are_kept_apart():
    data = package(body('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d</text:p>'))
    assert read_document(data, "a.odt").text == "a  b c\nd"


def test_password_is_told():
    with pytest.raises(UnreadableFile) as raised:
        read_document(package("x", "<manifest><encryption-data/></manifest>"), "a.odt")
    assert raised.value.kind == "加密"


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "' + "x" * 1000 + '">]>' + body("<text:p>ok &a;</text:p>")
    assert "xxx" not in read_document(package(bomb), "a.odt").text


@pytest.mark.parametrize("length", [40, 1000, len(ODT) // 2, len(ODT) - 30])
def test_cut_package_is_damage(length):
    with pytest.raises(UnreadableFile) as raised:
        read_document(ODT[:length], "a.odt")
    assert raised.value.kind in {"文件损坏", "格式不支持"}
