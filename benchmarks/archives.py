"""Archives of any size for the benchmarks: ``python -m benchmarks.archives FOLDER COUNT [--mix office] [--seed 0]``.

Files lie as offices keep them: by year and office, in several formats, some of them twice, some as an earlier draft beside the
final text, some in a ZIP from the exchange system, some broken, empty, secret or of no use. Their text is made of our own
annotated clauses and of templates; places, numbers and dates are drawn. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ANNOTATED = Path(__file__).resolve().parents[1] / "data" / "annotated"
#: of a hundred files, how many bear each ending; ``brief`` files are notices of a few lines, for growth to 100,000 on one
#: machine; ``office`` and ``born-digital`` show what reading costs
MIXES = {
    "brief": {"txt": 70, "docx": 25, "html": 5},
    "small": {"txt": 62, "docx": 30, "html": 8},
    "office": {"docx": 42, "pdf": 30, "txt": 12, "html": 8, "rtf": 8},
    "born-digital": {"docx": 50, "pdf": 50},
}
_FLAGGED = 0.1  # sets out measures
_NOTICE, _FEWEST = 0.3, 3  # of the others; ordinary clauses of one that is no notice
_COPY, _OTHER_FORMAT, _DRAFT = 0.06, 0.02, 0.03  # beside what was written before it
_ZIP, _PROBLEM = 0.01, 0.02
_IN_A_ZIP = 6
_A_FOLDER = 200
_TOWNS = [a + b for a in "云青临安平永和宁长南北东西兴丰石白沙金松" for b in "州禾川溪泽岭桥湖阳江山河原浦冈"]
_OFFICES = [
    "发改",
    "教育",
    "民政",
    "财政",
    "人社",
    "住建",
    "交通",
    "水务",
    "农业",
    "商务",
    "文旅",
    "卫健",
    "应急",
    "审计",
    "市监",
    "统计",
    "医保",
    "林业",
    "城管",
    "税务",
]
_SHOWN = {
    "发改": "发展和改革",
    "人社": "人力资源和社会保障",
    "住建": "住房和城乡建设",
    "市监": "市场监督管理",
    "卫健": "卫生健康",
}
_WORK = [
    "清扫积雪",
    "检修水泵",
    "登记报表",
    "核对账目",
    "培训驾驶员",
    "更换路灯",
    "修剪树木",
    "整理档案",
    "巡查河堤",
    "汛前检查",
    "消防演练",
    "安全培训",
]
_ACTS = ["政府采购法", "招标投标法", "安全生产法", "食品安全法", "建筑法", "水法", "行政处罚法", "劳动合同法"]
_NUMERALS = "一二三四五六七八九十"
_ARTICLE = "第{}条　{}"


class Written(NamedTuple):
    """A document of the archive: its name without an ending, and its lines."""

    name: str
    lines: list[str]


@cache
def _pools() -> tuple[list[str], list[str]]:
    """Our own annotated clauses: those that set out measures, and the others."""
    paths = [*sorted((ANNOTATED / "clauses").glob("*.jsonl")), *sorted((ANNOTATED / "ordinary").glob("*.jsonl"))]
    told = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    clauses = [each for each in told if each.get("material", "") in ("", "规范性文件和政策文件")]
    return (
        [each["text"] for each in clauses if each["relevant"]],
        [each["text"] for each in clauses if not each["relevant"]],
    )


def document(
    draw: random.Random, town: str, year: int, office: str, serial: int, *, brief: bool = False, others_at_least: int = _FEWEST
) -> Written:
    """One invented document of an office in a year: a measure, rules of another kind, or a short notice; ``brief`` ones are
    notices of a few lines, with a measure in some. ``others_at_least`` are the fewest ordinary clauses of one that is no notice; where
    they are many, there are no notices."""
    measures, others = _pools()
    flagged = draw.random() < _FLAGGED
    issuer = f"{town}市{_SHOWN.get(office, office)}局"
    subject = f"{draw.choice(_TOWNS)}片区{draw.choice(_WORK)}"
    if brief or (not flagged and draw.random() < _NOTICE and others_at_least == _FEWEST):
        title = f"关于做好{subject}工作的通知"
        lines = [
            f"{draw.choice(_TOWNS)}科牵头{draw.choice(_WORK)}，{draw.randint(1, 28)}日前完成。"
            for _ in range(3 if brief else 8)
        ]
        lines += [draw.choice(measures)] if flagged else []
        body = [f"{_NUMERALS[number]}、{line}" for number, line in enumerate(lines)]
    else:
        title = f"{issuer}{subject}{'信用' if flagged else ''}管理办法"
        texts = draw.sample(others, draw.randint(others_at_least, 2 * others_at_least)) + (
            draw.sample(measures, draw.randint(2, 4)) if flagged else []
        )
        draw.shuffle(texts)
        basis = f"《中华人民共和国{draw.choice(_ACTS)}》第{_numeral(draw.randint(1, 60))}条"
        texts.insert(0, f"为规范{subject}，根据{basis}，制定本办法。")
        body = [_ARTICLE.format(_numeral(number), text) for number, text in enumerate(texts, 1)]
    number = f"{town}{office}发〔{year}〕{serial}号"
    date = f"{year}年{draw.randint(1, 12)}月{draw.randint(1, 28)}日"
    head = [f"{issuer}文件", number, title, "各科室、各直属单位："]
    return Written(f"{number}{title}"[:60], [*head, *body, issuer, date])


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


def draft_of(written: Written, draw: random.Random) -> Written:
    """The text as it went round before: a draft mark, another clause missing."""
    lines = list(written.lines)
    lines[2] += "（征求意见稿）"
    del lines[draw.randrange(4, max(5, len(lines) - 2))]
    return Written(written.name + "（征求意见稿）", lines)


def txt(lines: list[str]) -> bytes:
    return "\n".join(lines).encode("gb18030")


def html(lines: list[str]) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    page = f'<html><head><meta charset="utf-8"><title>{escape(lines[2])}</title></head><body>{body}</body></html>'
    return page.encode()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_DOCX = {
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"'
    "/></Types>",
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>',
}


def docx(lines: list[str]) -> bytes:
    """A DOCX of bare paragraphs, fifty times as fast as a library that lays out styles."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    return docx_of(body)


def docx_of(body: str) -> bytes:
    """A DOCX of a body's XML."""
    return packed(_DOCX | {"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"})


def packed(members: dict[str, str] | dict[str, bytes]) -> bytes:
    """A ZIP of members, of one time whenever it is made."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return stored.getvalue()


def rtf(lines: list[str]) -> bytes:
    coded = "\\par\n".join("".join(f"\\u{ord(c) - 65536 * (ord(c) > 32767)}?" for c in line) for line in lines)
    return b"{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0 SimSun;}}\n" + coded.encode() + b"\\par}"


def pdf(lines: list[str]) -> bytes:
    """A PDF with a text layer, in a font of the reader's own (not packed in)."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stored = io.BytesIO()
    page = Canvas(stored, pagesize=A4, invariant=True)
    top = 0.0
    for line in lines:
        for start in range(0, len(line), 28):
            if top < 80:
                if start or line is not lines[0]:
                    page.showPage()
                page.setFont("STSong-Light", 16)
                top = 760.0
            page.drawString(75, top, line[start : start + 28])
            top -= 28
    page.save()
    return stored.getvalue()


FORMATS: dict[str, Callable[[list[str]], bytes]] = {"txt": txt, "docx": docx, "html": html, "rtf": rtf, "pdf": pdf}


def problem(draw: random.Random, written: Written) -> tuple[str, bytes]:
    """A file that can't be screened, each of another kind: its ending and bytes."""
    kinds = [
        ("doc", b""),
        ("pdf", b"%PDF-1.4\n1 0 obj\n<<"),
        ("docx", docx(written.lines)[:200]),
        ("txt", txt(["机密★1年", *written.lines])),
        ("ceb", b"Founder CEB" + bytes(64)),
    ]
    return draw.choice(kinds)


def files(count: int, mix: str = "small", seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """``count`` files (members of ZIPs counted, the ZIPs not): where each lies below the archive, and its bytes."""
    draw = random.Random(seed)
    town = draw.choice(_TOWNS)
    endings, weights = zip(*MIXES[mix].items(), strict=True)
    made, number = 0, 0
    last: tuple[Written, str] | None = None
    packing: dict[str, bytes] = {}
    while made < count:
        year, office = 2008 + (number // _A_FOLDER) % 16, _OFFICES[number // (_A_FOLDER * 16) % len(_OFFICES)]
        folder = f"{year}年/{_SHOWN.get(office, office)}局/{number // (_A_FOLDER * 16 * len(_OFFICES)) + 1:02}"
        number += 1
        made += 1
        chance = draw.random()
        ending = draw.choices(endings, weights)[0]
        if last and chance < _COPY:
            written, ending = last[0]._replace(name=last[0].name + "（副本）"), last[1]
        elif last and chance < _COPY + _OTHER_FORMAT:
            written = last[0]
        elif last and chance < _COPY + _OTHER_FORMAT + _DRAFT:
            written = draft_of(last[0], draw)
        else:
            written = document(draw, town, year, office, number, brief=mix == "brief")
        address, data = f"{number:06}{written.name}", b""
        if chance > 1 - _PROBLEM:
            ending, data = problem(draw, written)
        else:
            data = FORMATS[ending](written.lines)
            last = (written, ending)
        if packing or (chance > 1 - _PROBLEM - _ZIP and count - made >= _IN_A_ZIP):
            packing[f"附件/{address}.{ending}"] = data
            if len(packing) == _IN_A_ZIP or made == count:
                yield f"{folder}/{number:06}公文交换.zip", packed(packing)
                packing = {}
        else:
            yield f"{folder}/{address}.{ending}", data


def build(folder: Path, count: int, mix: str = "small", seed: int = 0) -> None:
    """Write an archive of ``count`` files below ``folder``."""
    for path, data in files(count, mix, seed):
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def main() -> None:
    command = argparse.ArgumentParser(description="生成一个用于度量的档案目录")
    command.add_argument("folder", metavar="目录", type=Path)
    command.add_argument("count", metavar="文件数", type=int)
    command.add_argument("--mix", choices=MIXES, default="small", help="格式的比例（默认 small：小文件，用于度量增长）")
    command.add_argument("--seed", type=int, default=0, help="同一个数给出同样的文件（默认 0）")
    options = command.parse_args()
    build(options.folder, options.count, options.mix, options.seed)


if __name__ == "__main__":
    main()
