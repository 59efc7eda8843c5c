"""The words of the field that are fixed lists (DESIGN, section 2): functions, levels, roles, dispositions, verdicts."""

from __future__ import annotations

from enum import StrEnum


class Function(StrEnum):
    """The seven functions (环节) of a measure against dishonest conduct; multi-label, judged at clause level."""

    RECOGNITION = "认定"
    RECORDING = "记录"
    COLLECTION = "归集"
    SHARING = "共享"
    PUBLICITY = "公开"
    PUNISHMENT = "惩戒"
    REPAIR = "修复"


class Level(StrEnum):
    """效力级别: the rank of a legal basis. The first four are qualified under 国办发〔2020〕49号; UNKNOWN is what neither
    registry, number nor a named body proves."""

    LAW = "法律"
    ADMINISTRATIVE_REGULATION = "行政法规"
    LOCAL_REGULATION = "地方性法规"
    CENTRAL_POLICY = "党中央国务院政策文件"
    MINISTRY_RULE = "部门规章"
    LOCAL_RULE = "地方政府规章"
    MINISTRY_NORMATIVE = "部门规范性文件"
    LOCAL_NORMATIVE = "地方规范性文件"
    JUDICIAL_INTERPRETATION = "司法解释"
    INTERNAL = "单位内部制度"
    OTHER = "其他"
    UNKNOWN = "层级不明"

    @property
    def qualified(self) -> bool:
        return self in QUALIFIED_LEVELS


QUALIFIED_LEVELS = frozenset({Level.LAW, Level.ADMINISTRATIVE_REGULATION, Level.LOCAL_REGULATION, Level.CENTRAL_POLICY})


class Role(StrEnum):
    """What a citation does in its sentence."""

    MAKING_BASIS = "制定依据"  # the basis on which the document as a whole is made
    MEASURE_BASIS = "措施依据"  # the basis of one measure
    FORWARDED = "转发"
    REPEALED = "废止"
    MENTION = "提及"


class Disposition(StrEnum):
    """处置意见. The machine never suggests LEGISLATE by itself; PERSON says that it cannot tell."""

    RETAIN = "保留"
    REVISE = "修订"
    LEGISLATE = "立法"
    REPEAL = "废止"
    PERSON = "需人工判断"


class Verdict(StrEnum):
    """Whether one function or measure rests on a qualified basis."""

    CONFORMS = "符合"
    FAILS = "不符合"
    PERSON = "需人工判断"


class PartKind(StrEnum):
    """What a part of a file is, beside its running text."""

    TEXT = "文字"  # text that stands apart: hidden, in a chart, a form field, a page header
    PICTURE = "图片"  # a picture, or a page that is one
    OBJECT = "附带文件"  # a file inside the file
    NOTE = "批注"


class PartOutcome(StrEnum):
    """What became of a part. Parts = read + listed + decorative + unread, each in exactly one."""

    READ = "已读"  # its text stands in the document's
    LISTED = "另列"  # shown apart: a member with an address of its own, or a comment, which is no text of the document
    DECORATIVE = "无文字"  # a logo, a seal, a photograph, a running head
    UNREAD = "未读"
