"""Samples of our own making for the reading benchmark: one invented document in every format, and as a scan.

The text is known to the character, so that what a reader gives can be counted against it.
"""

from __future__ import annotations

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
from docx import Document as NewDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.word.soffice import program

FONT = "Noto Serif CJK SC"
HEAD = [
    "临川市住房和城乡事务局文件",
    "临住建发〔2023〕46号",
    "关于印发《临川市建筑市场主体信用管理暂行办法》的通知",
    "各县（区）住房和城乡事务局，局属各单位：",
    "现将《临川市建筑市场主体信用管理暂行办法》印发给你们，请结合实际认真抓好落实。执行中遇到的问题，请及时向市局建筑市场监管科反映（联系电话略）。",
    "附件：1.建筑市场主体严重失信行为认定标准；2.信用修复申请表",
    "临川市住房和城乡事务局",
    "2023年8月17日",
]
TITLE = "临川市建筑市场主体信用管理暂行办法"
# Paragraphs that Word numbers by itself as 第一条, 第二条 ...
ARTICLES = [
    "为规范本市建筑市场主体信用信息的认定、记录、归集、共享、公开、惩戒和修复，营造诚实守信的市场环境，根据《中华人民共和国建筑法》《优化营商环境条例》和《国务院办公厅关于进一步完善失信约束制度构建诚信建设长效机制的指导意见》（国办发〔2020〕49号），结合本市实际，制定本办法。",
    "本办法所称建筑市场主体，是指在本市行政区域内从事房屋建筑和市政基础设施工程勘察、设计、施工、监理、造价咨询、招标代理、检验检测等活动的企业及其注册执业人员。",
    "信用信息管理应当遵循合法、客观、公正、审慎、安全的原则，依法保护国家秘密、商业秘密和个人隐私，未经法定程序不得扩大失信行为认定范围，不得擅自增设失信惩戒措施。",
    "市住房和城乡事务局负责全市建筑市场信用体系建设的统筹协调与监督指导；各县（区）主管部门按照职责分工，负责本辖区信用信息的采集、审核、录入和更新工作，并对信息的真实性、准确性、及时性负责。",
    "信用信息由基本信息、优良信用信息和不良信用信息构成。不良信用信息包括：未取得施工许可证擅自开工，转包、违法分包，使用不合格建筑材料，拖欠农民工工资，以及发生一般及以上生产安全责任事故等情形。",
    "认定严重失信主体名单前，应当书面告知当事人认定的事由、依据和依法享有的权利。当事人自收到告知书之日起10个工作日内提出陈述、申辩的，作出认定的部门应当在15个工作日内复核并答复。",
    "对列入严重失信主体名单的企业，依法采取下列措施：限制参加政府投资项目投标，取消评优评先资格，列为重点监管对象并提高“双随机、一公开”抽查比例，不适用告知承诺制。",
    "失信信息公示期限最短为6个月，最长不超过3年。整改到位并履行法定义务满公示期限三分之一的，可以向原认定部门申请信用修复；符合条件的，应当自受理之日起20个工作日内移出名单。",
    "工作人员在信用管理工作中滥用职权、玩忽职守、徇私舞弊的，依法给予处分；构成犯罪的，依法追究刑事责任。",
    "本办法自2023年10月1日起施行，有效期2年。此前发布的《临川市建筑业企业不良行为记录办法》（临建〔2016〕88号）同时废止。",
]
TABLE = [
    ["序号", "失信行为", "认定依据", "公示期限"],
    ["1", "转包或者违法分包", "《建筑法》第二十八条、第二十九条", "12个月"],
    ["2", "未取得施工许可证擅自施工", "《建筑法》第六十四条", "6个月"],
    ["3", "拖欠农民工工资情节严重", "《保障农民工工资支付条例》第四十八条", "36个月"],
    ["4", "出借资质证书", "《建设工程质量管理条例》第六十一条", "12个月"],
]
_DIGITS = "一二三四五六七八九十"


def expected() -> str:
    """The text as a person reads it on the page: one paragraph or table row a line."""
    articles = [f"第{_DIGITS[index]}条 {text}" for index, text in enumerate(ARTICLES)]
    return "\n".join([*HEAD, TITLE, *articles, "附件1", *("\t".join(row) for row in TABLE)])


def docx(*, numbered: bool = True) -> bytes:
    """The document as Word would store it, its articles numbered by the program."""
    document = NewDocument()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    number = _chinese_list(document)
    for index, text in enumerate(HEAD):
        run = document.add_paragraph().add_run(text)
        if index == 0:
            run.font.size = Pt(26)
            run.font.color.rgb = _red()
    document.add_page_break()
    document.add_paragraph(TITLE)
    for index, text in enumerate(ARTICLES):
        paragraph = document.add_paragraph(text if numbered else f"第{_DIGITS[index]}条 {text}")
        if numbered:
            xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(xml))
    document.add_paragraph("附件1")
    table = document.add_table(len(TABLE), len(TABLE[0]), style="Table Grid")
    for row, texts in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.paragraphs[0].runs[0].font.size = Pt(12)
    stored = io.BytesIO()
    document.save(stored)
    return stored.getvalue()


def _red():
    from docx.shared import RGBColor

    return RGBColor(0xDD, 0x11, 0x11)


def _chinese_list(document) -> int:
    """Add a list whose paragraphs are 第一条, 第二条 ...; its number."""
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="space"/>'
        '<w:lvlText w:val="第%1条"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return 90


def converted(data: bytes, target: str, ending: str = "docx") -> bytes:
    """A DOCX (or another ``ending``) saved anew by LibreOffice, which must be installed; ``target`` is its filter, as "pdf"."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"sample.{ending}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program(), profile, "--headless", "--convert-to", target, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return source.with_suffix("." + target.partition(":")[0]).read_bytes()


def ofd() -> bytes:
    """The document as an OFD, line by line, as the writers of the exchange systems lay it out."""
    pages: list[list[tuple[float, float, str]]] = [[]]
    top = 30.0
    for paragraph in expected().split("\n"):
        if "\t" in paragraph:
            rows = [[(28.0 + 40 * index, cell) for index, cell in enumerate(paragraph.split("\t"))]]
            size = 3.0
        else:
            size = 5.6
            indented = "　　" + paragraph
            rows = [[(28.0, indented[start : start + 27])] for start in range(0, len(indented), 27)]
        for row in rows:
            if top > 265:
                pages.append([])
                top = 30.0
            pages[-1].extend((x, top, f"{size}|{text}") for x, text in row)
            top += 10
    return _ofd_package(pages)


def _ofd_package(pages: list[list[tuple[float, float, str]]]) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as package:
        body = "<ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        package.writestr("OFD.xml", f'<ofd:OFD {space} Version="1.0"><ofd:DocBody>{body}</ofd:DocBody></ofd:OFD>')
        links = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        common = f"<ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>{area}</ofd:CommonData>"
        document = f"<ofd:Document {space}>{common}<ofd:Pages>{links}</ofd:Pages></ofd:Document>"
        package.writestr("Doc_0/Document.xml", document)
        for number, runs in enumerate(pages):
            objects = []
            for index, (x, y, sized) in enumerate(runs):
                size, _, text = sized.partition("|")
                code = f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {max(len(text) - 1, 0)} {size}">{escape(text)}</ofd:TextCode>'
                box = f'Boundary="{x} {y} 170 {size}"'
                objects.append(f'<ofd:TextObject ID="{index + 10}" {box} Font="1" Size="{size}">{code}</ofd:TextObject>')
            layer = f'<ofd:Layer ID="1">{"".join(objects)}</ofd:Layer>'
            content = f"<ofd:Page {space}><ofd:Content>{layer}</ofd:Content></ofd:Page>"
            package.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", content)
    return stored.getvalue()


# Scans


def scanned(
    page: Image.Image,
    *,
    noise: float = 0.0,
    skew: float = 0.0,
    seal: bool = False,
    jpeg: int = 0,
    faint: float = 0.0,
    shade: float = 0.0,
    seed: int = 1,
) -> Image.Image:
    """The picture of a page as a scanner would have made it.

    ``noise`` is the standard deviation in grey levels, ``skew`` degrees, ``jpeg`` the quality (1 to 95) at which it was
    packed, ``faint`` the share of the ink that a bad copy lost, ``shade`` how much darker one side is than the other.
    """
    if seal:
        page = _sealed(page)
    if faint or shade:
        page = _copied(page, faint, shade)
    if skew:
        page = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor="white")
    if noise:
        pixels = np.asarray(page).astype(np.float32)
        pixels += np.random.default_rng(seed).normal(0, noise, pixels.shape)
        page = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if jpeg:
        packed = io.BytesIO()
        page.save(packed, "JPEG", quality=jpeg)
        page = Image.open(packed).convert("RGB")
    return page


def _copied(page: Image.Image, faint: float, shade: float) -> Image.Image:
    """A copy with pale ink, and a shadow that grows towards the spine of the book."""
    pixels = 255 - (255 - np.asarray(page).astype(np.float32)) * (1 - faint)
    falling = np.linspace(1.0, 1.0 - shade, page.width, dtype=np.float32)
    return Image.fromarray((pixels * falling[None, :, None]).astype(np.uint8))


def _sealed(page: Image.Image) -> Image.Image:
    """The page with a round red seal of 42 mm pressed over its signature and another over running text."""
    dpi = page.width / 8.27
    radius = int(21 / 25.4 * dpi)
    layer = Image.new("RGBA", page.size, (255, 255, 255, 0))
    draw = ImageDraw.Draw(layer)
    red = (215, 30, 30, 190)
    path = cjk_font()
    font = ImageFont.truetype(path, radius // 4) if path else None
    for x, y in ((int(page.width * 0.66), int(page.height * 0.42)), (int(page.width * 0.4), int(page.height * 0.68))):
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], outline=red, width=max(radius // 14, 2))
        star = [
            (
                x + (radius * 0.35 if point % 2 == 0 else radius * 0.14) * np.sin(np.pi * point / 5),
                y - (radius * 0.35 if point % 2 == 0 else radius * 0.14) * np.cos(np.pi * point / 5),
            )
            for point in range(10)
        ]
        draw.polygon(star, fill=red)
        for index, letter in enumerate("临川市住房和城乡事务局" if font else ""):
            angle = np.pi * (1.25 - 1.5 * index / 10)
            place = (x + radius * 0.75 * np.cos(angle), y - radius * 0.75 * np.sin(angle))
            draw.text(place, letter, fill=red, font=font, anchor="mm")
    base = np.asarray(page.convert("RGB")).astype(np.float32)
    ink = np.asarray(layer).astype(np.float32)
    alpha = ink[:, :, 3:] / 255
    # Ink is transparent: it takes light away from what lies under it.
    mixed = base * (1 - alpha + alpha * ink[:, :, :3] / 255)
    return Image.fromarray(mixed.astype(np.uint8))


def cjk_font() -> str:
    """The path of a font with Chinese characters on this machine; empty where there is none."""
    from matplotlib import font_manager

    wanted = ("cjk", "simsun", "simhei", "fangsong", "wqy", "pingfang", "songti", "heiti", "msyh")
    paths = sorted(font_manager.findSystemFonts(), key=lambda path: ("regular" not in path.lower(), path))
    return next((path for path in paths if any(name in path.lower() for name in wanted)), "")
