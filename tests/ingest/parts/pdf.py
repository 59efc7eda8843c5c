"""PDF written object by object, with sentences in the text, in what lies on the page, and in what hangs on the file."""

from __future__ import annotations

import io

from PIL import Image

from tests.ingest.parts import plant

PDF = (
    "正文", "表单XObject", "白色文字", "关闭的图层", "图片", "扫描页", "文本框注释", "图章", "图章外观", "批注", "表单域", "父字段的值", "下拉域",
    "签名外观", "极小的文字", "页面之外的文字", "不着色的文字", "实际文本", "页码标签", "弹出的批注", "链接说明", "域的提示", "高亮的批注", "附件", "页面附件", "书签", "XFA表单",
)  # fmt: skip


class _File:
    """Objects of a PDF by number, from 1."""

    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: str | bytes, stream: bytes | None = None) -> str:
        data = body.encode("latin-1") if isinstance(body, str) else body
        if stream is not None:
            data = data[:-2] + f"/Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream"
        self.objects.append(data)
        return f"{len(self.objects)} 0 R"

    def bytes(self, root: str) -> bytes:
        out, places = io.BytesIO(), []
        out.write(b"%PDF-1.7\n")
        for number, data in enumerate(self.objects, start=1):
            places.append(out.tell())
            out.write(f"{number} 0 obj\n".encode() + data + b"\nendobj\n")
        table = out.tell()
        out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
        out.write(b"".join(f"{place:010} 00000 n \n".encode() for place in places))
        out.write(f"trailer\n<</Size {len(places) + 1}/Root {root}>>\nstartxref\n{table}\n%%EOF".encode())
        return out.getvalue()


def _string(words: str) -> str:
    return f"<FEFF{words.encode('utf-16-be').hex()}>"


def _shown(words: str, x: float, y: float, size: int = 14) -> str:
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def build_pdf(planted: plant.Planted) -> bytes:
    """A PDF of one page, or two where one is scanned."""
    file, at = _File(), dict(planted)
    tree = file.add("null")
    font = file.add(
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
        "/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000"
        "/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 752/Descent -271/CapHeight 737/StemV 58>>>>]>>"
    )
    fonts = f"/Font<</F1 {font}>>"
    content = _shown("关于做好今冬供热工作的通知", 120, 780, 18) + _shown("请各单位提前检修管网，按时报送进度。", 70, 740)
    xobjects, annotations, catalog, fields = "", [], "", []
    layers = ""
    if "正文" in at:
        content += _shown(at["正文"], 70, 700)
    if "白色文字" in at:
        content += "1 g\n" + _shown(at["白色文字"], 70, 670) + "0 g\n"
    if "极小的文字" in at:
        content += _shown(at["极小的文字"], 70, 655, 0.5)
    if "页面之外的文字" in at:
        content += _shown(at["页面之外的文字"], 70, 900)
    if "不着色的文字" in at:
        content += "3 Tr\n" + _shown(at["不着色的文字"], 70, 760) + "0 Tr\n"
    if "实际文本" in at:
        content += f"/Span <</ActualText {_string(at['实际文本'])}>> BDC\n" + _shown("图", 70, 590) + "EMC\n"
    if "页码标签" in at:
        catalog += f"/PageLabels<</Nums[0<</P{_string(at['页码标签'])}/S/D>>]>>"
    if "表单XObject" in at:
        form = file.add(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 600 850]/Resources<<{fonts}>>>>",
            _shown(at["表单XObject"], 70, 640).encode(),
        )
        xobjects += f"/X1 {form}"
        content += "/X1 Do\n"
    if "关闭的图层" in at:
        layer = file.add("<</Type/OCG/Name(x)>>")
        catalog += f"/OCProperties<</OCGs[{layer}]/D<</OFF[{layer}]>>>>"
        layers = f"/Properties<</L1 {layer}>>"
        content += "/OC /L1 BDC\n" + _shown(at["关闭的图层"], 70, 610) + "EMC\n"
    if "图片" in at:
        stored = plant.picture(at["图片"])
        wide, high = Image.open(io.BytesIO(stored)).size
        xobjects += f"/P1 {_image(file, stored)}"
        content += f"q 440 0 0 {440 * high / wide:.1f} 70 {584 - 440 * high / wide:.1f} cm /P1 Do Q\n"

    def annotation(kind: str, rest: str) -> str:
        number = len(annotations)
        found = file.add(f"<</Type/Annot/Subtype/{kind}/Rect[60 {420 - 28 * number} 540 {444 - 28 * number}]/F 4{rest}>>")
        annotations.append(found)
        return found

    def appearance(words: str) -> str:
        form = f"<</Type/XObject/Subtype/Form/BBox[0 0 480 24]/Resources<<{fonts}>>>>"
        return f"/AP<</N {file.add(form, _shown(words, 2, 6).encode())}>>"

    if "文本框注释" in at:
        annotation("FreeText", f"/DA(/F1 12 Tf)/Contents{_string(at['文本框注释'])}")
    if "图章" in at:
        annotation("Stamp", f"/Contents{_string(at['图章'])}")
    if "图章外观" in at:
        annotation("Stamp", appearance(at["图章外观"]))
    if "批注" in at:
        annotation("Text", f"/Contents{_string(at['批注'])}")
    if "弹出的批注" in at:
        annotation("Popup", f"/Contents{_string(at['弹出的批注'])}")
    if "链接说明" in at:
        annotation("Link", f"/Contents{_string(at['链接说明'])}")
    if "域的提示" in at:
        fields.append(annotation("Widget", f"/FT/Tx/T(g)/TU{_string(at['域的提示'])}/DA(/F1 12 Tf)"))
    if "高亮的批注" in at:
        annotation("Highlight", f"/Contents{_string(at['高亮的批注'])}")
    if "表单域" in at:
        fields.append(annotation("Widget", f"/FT/Tx/T(a)/DA(/F1 12 Tf)/V{_string(at['表单域'])}"))
    if "父字段的值" in at:
        parent = f"{len(file.objects) + 2} 0 R"
        kid = annotation("Widget", f"/Parent {parent}/DA(/F1 12 Tf)")
        fields.append(file.add(f"<</FT/Tx/T(b)/Kids[{kid}]/V{_string(at['父字段的值'])}>>"))
    if "下拉域" in at:
        words = _string(at["下拉域"])
        fields.append(annotation("Widget", f"/FT/Ch/Ff 131072/T(c)/DA(/F1 12 Tf)/Opt[{words}]/V{words}"))
    if "签名外观" in at:
        fields.append(annotation("Widget", f"/FT/Sig/T(d){appearance(at['签名外观'])}"))
    if "附件" in at:
        stored = file.add("<</Type/EmbeddedFile>>", plant.small_docx(at["附件"]))
        specified = file.add(f"<</Type/Filespec/F(a.docx)/UF{_string('办法.docx')}/EF<</F {stored}>>>>")
        catalog += f"/Names<</EmbeddedFiles<</Names[(a){specified}]>>>>"
    if "页面附件" in at:
        stored = file.add("<</Type/EmbeddedFile>>", plant.small_docx(at["页面附件"]))
        specified = file.add(f"<</Type/Filespec/F(b.docx)/UF{_string('细则.docx')}/EF<</F {stored}>>>>")
        annotation("FileAttachment", f"/FS {specified}")
    if "书签" in at:
        number = len(file.objects) + 2
        item = file.add(f"<</Title{_string(at['书签'])}/Parent {number} 0 R>>")
        catalog += f"/Outlines {file.add(f'<</Type/Outlines/First {item}/Last {item}/Count 1>>')}"
    xfa = ""
    if "XFA表单" in at:
        xml = f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form><a>{at["XFA表单"]}</a></form></xfa:data></xfa:datasets></xdp:xdp>'
        xfa = f"/XFA {file.add('<<>>', xml.encode())}"
    if fields or xfa:
        catalog += f"/AcroForm<</Fields[{' '.join(fields)}]/DR<<{fonts}>>{xfa}>>"
    stream = file.add("<<>>", content.encode())
    resources = f"/Resources<<{fonts}/XObject<<{xobjects}>>{layers}>>"
    page = f"<</Type/Page/Parent {tree}/MediaBox[0 0 595 842]"
    pages = [file.add(f"{page}{resources}/Contents {stream}/Annots[{' '.join(annotations)}]>>")]
    if "扫描页" in at:
        picture = _image(file, plant.page_picture(at["扫描页"]))
        drawn = file.add("<<>>", b"q 595 0 0 842 0 0 cm /P2 Do Q")
        pages.append(file.add(f"{page}/Resources<</XObject<</P2 {picture}>>>>/Contents {drawn}>>"))
    file.objects[0] = f"<</Type/Pages/Kids[{' '.join(pages)}]/Count {len(pages)}>>".encode()
    return file.bytes(file.add(f"<</Type/Catalog/Pages {tree}{catalog}>>"))


def _image(file: _File, data: bytes) -> str:
    image = Image.open(io.BytesIO(data))
    filter_, stored = ("DCTDecode", data) if image.format == "JPEG" else ("FlateDecode", plant.deflated(image))
    head = f"<</Type/XObject/Subtype/Image/Width {image.width}/Height {image.height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/{filter_}>>"
    return file.add(head, stored)
