"""The control words of RTF that matter to a reader of text (Rich Text Format Specification 1.9.1), and what it keeps in mind."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.ingest.word.flow import Flow

# Groups that hold no text of the page.
SKIPPED = frozenset(
    b"colortbl stylesheet info pict nonshppict shprslt xe tc rxe txe sp nonesttables background "
    b"private generator filetbl listtable revtbl rsidtbl ftnsep ftnsepc aftnsep aftnsepc upr objdata pn "
    b"datafield objclass objname".split()
)
# Groups marked as ignorable (\*) whose text does count.
KEPT = frozenset(
    [b"shpinst", b"shptxt", b"ud", b"nesttableprops", b"dptxbxtext", b"annotation", b"moMath", b"moMathPara", b"do"]
)
# Groups with a text of their own, by what becomes of it; those of a form only where it stands in no result.
BOXES = {
    **dict.fromkeys((b"shptxt", b"dptxbxtext", b"footnote"), "text"),
    **dict.fromkeys((b"listtext", b"pntext"), "label"),
    **dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), "header"),
    **dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), "footer"),
    b"annotation": "comment",
    b"fldinst": "code",
    b"docvar": "property",
    **dict.fromkeys((b"xe", b"tc", b"bkmkstart", b"ftnsep", b"aftnsep"), "entry"),
}
# Groups that are read though they stand inside a group that is not: form fields, properties of a drawing or of the document.
INSIDE = {
    **dict.fromkeys((b"ffdeftext", b"ffl"), "offered"),
    **dict.fromkeys((b"ffhelptext", b"ffstattext"), "prompt"),
    **dict.fromkeys((b"title", b"subject", b"keywords", b"doccomm", b"staticval", b"xmlattrvalue"), "property"),
    b"sn": "name",
    b"sv": "value",
}
WORDART = "gtextUNICODE"  # the property of a drawing that is its text (艺术字)
DESCRIPTION = "wzDescription"
LISTED = {
    "deleted": "修订中已删除的文字",
    "described": "图片的替代文字",
    "prompt": "表单域的提示",
    "property": "文档属性",
    "entry": "索引项、书签和分隔符",
}
CHARACTERS = {
    b"tab": " ",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": "　",
    b"enspace": " ",
    b"qmspace": " ",
    b"line": "\n",
}
SYMBOLS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 204: "cp1251", 238: "cp1250"}
CODEPAGES = {936: "gb18030", 54936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 65001: "utf-8"}
BREAKS = frozenset([b"par", b"sect", b"page", b"cell", b"row", b"nestcell", b"nestrow"])


@dataclass(slots=True)
class State:
    """What a group inherits and gives back when it closes."""

    kind: str = "text"  # text, skip, fonts
    skip_after_unicode: int = 1
    font: int = -1
    hidden: bool = False
    deleted: bool = False
    box: str = ""  # what this group opened, one of the values of `BOXES` and `INSIDE`

    @property
    def looks(self) -> tuple[int, bool, bool]:
        """What bytes that are decoded together have in common."""
        return self.font, self.hidden, self.deleted


@dataclass(slots=True)
class Paragraph:
    """The paragraph that is being filled, in the body or in a text box, which has its own."""

    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    flow: Flow = field(default_factory=Flow)
    in_table: bool = False
    nesting: int = 1


def decoded(data: bytes, font: str, codepage: str) -> str:
    """Bytes in the font's character set, or in the document's where the font has none of its own.

    A Western code page over bytes that are all valid GBK pairs is a Chinese program's slip: no Western text looks so.
    """
    encoding = font or codepage
    if not font and encoding == "cp1252" and len(data) > 1:
        try:
            text = data.decode("gb18030")
            if all(character < "\x80" or "\u3000" <= character <= "\u9fff" or character >= "\uff00" for character in text):
                return text
        except UnicodeDecodeError:
            pass
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("gb18030", "replace")
