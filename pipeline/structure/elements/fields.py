"""Elements that a file states as fields: the table above a text on a government site, the form of an OA system (公文处理单)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.structure.elements.document_numbers import read_number

_NAMES = {
    "title": "标题|名称|文件名称|文件标题|公文标题|来文标题",
    "number": "发文字号|文件编号|文号|来文文号|来文字号|文件字号",
    "issuer": "发文机关|发文单位|来文单位|来文机关|制发机关",
    "date": "成文日期|发文日期",
}
_OTHER = (
    "索引号|主题分类|主题词|发布日期|发布时间|发布机构|有效性|公开方式|公开属性|公开类别|信息来源|来源|原文链接|检索时间|分类|文档类型|体裁分类"
    "|组配分类|生效日期|废止日期|关键词|浏览次数|点击数|字体|时效性|密级|紧急程度|来文日期|收文日期|收文编号|单位收文编号|收文机关|收文登记人|阅文时限"
    "|公文处理类型|拟办意见|处理意见|统一编号|信息分类|失效日期|实施日期|公布日期|当前位置|作者|责任编辑|打印|分享到"
)
_KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split("|")} | dict.fromkeys(_OTHER.split("|"), "")
_NAME = "|".join(r"[\s　]*".join(name) for name in sorted(_KINDS, key=len, reverse=True))
_FIELD = re.compile(rf"^[\s*#>【\[-]*(?P<name>{_NAME})[】\]*]*[\s　]*[：:][\s*]*(?P<value>.*)$")
_FORM = re.compile(r"(?:^|\t)(?P<name>公文标题|文件标题|来文标题|来文单位|来文机关|来文文号|来文字号)[ 　]+(?P<value>[^\t]+)")
_MARKED = re.compile(r"^[\u4e00-\u9fff]{2,8}\*\*[\s　]*[：:]")  # any field of a web export in Markdown
_EMPTY = re.compile(r"^(?:无|暂无|空|略|[-—/]*)$")


def field_of(line: str) -> tuple[str, str] | None:
    """The kind of element and the value of a line 名称：值; the kind is "" for a field that is no element. None for other lines."""
    found = _FIELD.match(line)
    if not found:
        return ("", "") if _MARKED.match(line) else None
    value = found["value"].strip("* 　\t")
    return _KINDS[re.sub(r"[\s　]", "", found["name"])], "" if _EMPTY.match(value) else value


def read_fields(lines: Sequence[str]) -> dict[str, str]:
    """The elements stated as fields in the first lines: title, number, issuer, date; the first of each counts."""
    stated: dict[str, str] = {}
    for line in lines:
        for piece in re.split(r"\t", line) if "：\t" not in line and ":\t" not in line else re.split(r"(?<=[^：:])\t", line):
            if (found := field_of(piece.strip())) and found[0] and found[1]:
                stated.setdefault(found[0], found[1])
    if is_form(lines):
        stated = _form(lines) | stated
    return stated


def is_form(lines: Sequence[str]) -> bool:
    """Whether the file is a slip of an OA system that registers a document (公文处理单), not the document itself."""
    text = "\n".join(lines[:30])
    return len(re.findall(r"收文(?:编号|登记人|机关|日期)|来文(?:单位|文号|日期|字号)|拟办意见|公文处理|阅文时限", text)) >= 4


def _form(lines: Sequence[str]) -> dict[str, str]:
    stated: dict[str, str] = {}
    for line in lines:
        for found in _FORM.finditer(line):
            kind = _KINDS[found["name"]]
            stated.setdefault(kind, found["value"].strip())
    for line in lines[:15]:
        # the narrow cell of a form pushes 号 onto a line of its own
        if number := read_number(line) or (read_number(f"{line}号") if "〔" in line or "[" in line else ""):
            stated.setdefault("number", number)
    return stated
