"""Sentences planted in the parts of a file, and what became of each: found in a text, listed with a word, or skipped."""

from __future__ import annotations

import difflib
import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.reading_samples import cjk_font
from pipeline.document import Document, Part, PartKind, PartOutcome, UnreadableFile
from pipeline.ingest import read_document
from pipeline.ingest.containers.members import is_container, members, read_member

FOUND, LISTED, SKIPPED = "已读", "已列出", "无声略过"
_WHO = [
    "供热企业",
    "驾校教练",
    "养殖大户",
    "物业公司",
    "中介机构",
    "施工单位",
    "旅行社",
    "药店",
    "幼儿园",
    "纳税人",
    "采砂船主",
    "快递网点",
    "出租车行",
    "印刷厂",
]
_DID = [
    "拒不执行判决",
    "偷排生产污水",
    "虚报冒领补贴",
    "拖欠职工工资",
    "出具虚假报告",
    "转包违法分包",
    "强迫游客购物",
    "销售过期药品",
    "超员接送学童",
    "骗取出口退税",
    "越界开采河砂",
    "泄露客户信息",
    "拒载绕路宰客",
    "盗印中小学教材",
]
_THEN = [
    "三年内不得参加政府采购",
    "在信用网站公示一年",
    "取消评优评先资格",
    "列为重点监管对象",
    "不予享受财政补助",
    "限制担任法定代表人",
    "暂停受理资质升级",
    "提高抽查比例和频次",
    "记入信用档案并通报",
    "不适用告知承诺制",
    "从严审核贷款贴息",
    "收回奖励牌匾证书",
    "停止供应优惠用地",
    "移出守信激励名单",
]
Planted = Sequence[tuple[str, str]]  # places with the sentence that stands in each


def sentence(index: int) -> str:
    """One of fourteen sentences that share few words with each other."""
    index %= len(_WHO)
    return f"对{_DID[index]}的{_WHO[index]}，{_THEN[index]}。"


SENTENCES = len(_WHO)


def groups(places: Sequence[str]) -> list[Planted]:
    """The places in groups no larger than there are sentences: each has one that stands nowhere else in its file."""
    starts = range(0, len(places), SENTENCES)
    return [
        tuple((place, sentence(index)) for index, place in enumerate(places[start : start + SENTENCES])) for start in starts
    ]


@dataclass(frozen=True)
class Fates:
    """What became of the sentences of one file: place -> fate."""

    by_place: dict[str, str] = field(default_factory=dict)

    @property
    def skipped(self) -> list[str]:
        return [place for place, fate in self.by_place.items() if fate == SKIPPED]


def fates(data: bytes, name: str, planted: Planted, folder: Path) -> Fates:
    """Read a file as a scan does, with its members, and look for each sentence.

    A part that was listed without its words (未读) accounts for one sentence, and only where its kind fits the place.
    """
    texts, parts = _everything(data, name, folder)
    all_text = "".join("".join(text.split()) for text in texts)
    told = "".join("".join(part.detail.split()) for part in parts if part.outcome is PartOutcome.LISTED)
    unread = Counter(part.kind for part in parts if part.outcome is PartOutcome.UNREAD)
    found = {}
    for place, words in planted:
        kind = _kind(place)
        if holds(all_text, words):
            found[place] = FOUND
        elif words in told:
            found[place] = LISTED
        elif unread[kind] > 0:
            unread[kind] -= 1
            found[place] = LISTED
        else:
            found[place] = SKIPPED
    return Fates(found)


def _kind(place: str) -> PartKind:
    if any(word in place for word in ("批注", "备注")):
        return PartKind.NOTE
    if "图片" in place or "扫描页" in place:
        return PartKind.PICTURE
    return PartKind.OBJECT if any(word in place for word in ("嵌入", "附件", "成员")) else PartKind.TEXT


def _everything(data: bytes, name: str, folder: Path) -> tuple[list[str], list[Part]]:
    file = folder / name
    file.write_bytes(data)
    texts: list[str] = []
    parts: list[Part] = []

    def add(get: Callable[[], Document], path: str) -> None:
        try:
            document = get()
        except UnreadableFile as error:
            parts.extend(
                Part(kind, path, PartOutcome.UNREAD, error.reason) for kind in PartKind
            )  # the whole file is a problem: whatever it holds is listed with it
            return
        texts.append(document.text)
        texts.extend(document.facts)
        parts.extend(document.parts)

    if not is_container(file):
        add(lambda: read_document(data, name), name)
        return texts, parts
    for found in members(file, name):
        inner = found.path.partition("!")[2]
        if found.problem is not None:
            parts.append(Part(PartKind.OBJECT, found.path, PartOutcome.UNREAD, found.problem.reason))
        elif inner:
            add(lambda inner=inner: read_document(read_member(file, inner), inner), found.path)
        else:
            add(lambda: read_document(data, name), name)
    return texts, parts


def holds(text: str, words: str) -> bool:
    """Whether a text without spaces holds a sentence, a misread character in eight forgiven."""
    if words in text:
        return True
    matcher = difflib.SequenceMatcher(None, text, words, autojunk=False)
    blocks = sorted(matcher.get_matching_blocks(), key=lambda block: -block.size)
    if not blocks or blocks[0].size < 3:
        return False
    start = max(blocks[0].a - blocks[0].b - 2, 0)
    window = text[start : start + len(words) + 4]
    same = sum(block.size for block in difflib.SequenceMatcher(None, window, words, autojunk=False).get_matching_blocks())
    return same >= 0.87 * len(words)


# What can be planted


@dataclass(frozen=True)
class Print:
    """How the text of a picture is printed: the font's file (empty: any with Chinese), its size in pixels, ink and paper."""

    font: str = ""
    size: int = 40
    ink: str = "black"
    paper: str = "white"


def picture(words: str, kind: str = "PNG") -> bytes:
    """A picture of print with a few lines of text, as `STYLE` says."""
    return _printed(words, kind, STYLE[0])


STYLE = [Print()]  # what the next pictures look like


@cache
def _printed(words: str, kind: str, style: Print) -> bytes:
    wide = min(-(-len(words) // 2), 980 // style.size)
    lines = [words[start : start + wide] for start in range(0, len(words), wide)]
    image = Image.new("RGB", (1100, 2 * style.size * len(lines) + 100), style.paper)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(style.font or cjk_font(), style.size)
    for index, line in enumerate(lines):
        draw.text((60, 50 + 2 * style.size * index), line, fill=style.ink, font=font)
    stored = io.BytesIO()
    image.save(stored, kind)
    return stored.getvalue()


@cache
def page_picture(words: str) -> bytes:
    """A scanned page with some lines."""
    image = Image.new("RGB", (1240, 1754), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(cjk_font(), 36)
    for index, line in enumerate(["关于做好今冬供热工作的补充通知", words[:20], words[20:], "请各单位遵照执行。"]):
        draw.text((150, 200 + 90 * index), line, fill="black", font=font)
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return stored.getvalue()


def emf(words: str) -> bytes:
    """An enhanced metafile that draws the words ([MS-EMF] 2.3.4.2, 2.3.5.8): the writers of charts and drawings leave such."""
    text = words.encode("utf-16-le")
    text += b"\0" * (-len(text) % 4)
    spacing = struct.pack(f"<{len(words)}I", *[20] * len(words))
    body = struct.pack("<4iIff", 0, 0, 1000, 100, 1, 1.0, 1.0)
    body += struct.pack("<iiIII4iI", 10, 10, len(words), 76, 0, 0, 0, 0, 0, 76 + len(text)) + text + spacing
    drawn = struct.pack("<II", 84, 8 + len(body)) + body
    end = struct.pack("<IIIII", 14, 20, 0, 16, 20)
    size = 88 + len(drawn) + len(end)
    head = struct.pack("<II8i", 1, 88, 0, 0, 1000, 100, 0, 0, 20000, 2000) + b" EMF"
    head += struct.pack("<IIIHHIIIIIII", 0x10000, size, 3, 1, 0, 0, 0, 0, 1920, 1080, 508, 286)
    return head.ljust(88, b"\0") + drawn + end


def dib(words: str) -> bytes:
    """A picture as Windows keeps it in memory: a bitmap without its file header."""
    return picture(words, "BMP")[14:]


def zipped(files: dict[str, bytes | str]) -> bytes:
    """A ZIP of these files."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stored.getvalue()


def small_docx(words: str) -> bytes:
    """A Word document of two paragraphs."""
    import docx

    document = docx.Document()
    document.add_paragraph("附件：管理办法")
    document.add_paragraph(words)
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def small_xlsx(words: str) -> bytes:
    """A workbook with one row."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["序号", "措施"])
    book.active.append([1, words])
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def packed_object(name: str, data: bytes) -> bytes:
    """What a package of an OLE object holds ([MS-OLEDS] 2.3.6): label, path, bytes."""
    label = name.encode("gbk") + b"\0"
    body = struct.pack("<H", 2) + label + label + struct.pack("<HHI", 0, 3, len(label)) + label
    body += struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def deflated(pixels: Image.Image) -> bytes:
    """The pixels of a picture as a PDF stores them."""
    return zlib.compress(np.asarray(pixels.convert("RGB")).tobytes())
