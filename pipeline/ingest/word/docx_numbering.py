"""Word's automatic numbering (自动编号): the 第一条 that is not in the text but made by a list definition.

ECMA-376 part 1, 17.9: a paragraph's numId leads to a num, that to an abstractNum, whose levels say format, start and
text ("第%1条"). No open library resolves them, though without them a regulation loses its article numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from lxml import etree

from pipeline.ingest.word.numbering import Counters, Level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Numbering:
    """Counts as Word does while paragraphs go by in document order.

    ``styles`` gives the part with the styles, often the largest of a file; it is asked for when a paragraph names one.
    """

    def __init__(self, numbering: etree._Element | None, styles: Callable[[], etree._Element | None]):
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counters = Counters()
        self._named_levels: dict[tuple[str, str], int] = {}
        self._overridden: set[tuple[str, int]] = set()
        self._style_part = styles
        if numbering is not None:
            self._load(numbering)

    def _load(self, root: etree._Element) -> None:
        links: dict[str, str] = {}  # definitions that only point to a numbering style
        styled: dict[str, str] = {}  # and those that such a style stands for
        for abstract in root.iterfind(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            links[key] = value_of(abstract.find(f"{W}numStyleLink"))
            styled[value_of(abstract.find(f"{W}styleLink"))] = key
            self._abstract[key] = {_int(level, "ilvl"): _level(level) for level in abstract.iterfind(f"{W}lvl")}
            for level in abstract.iterfind(f"{W}lvl"):
                self._named_levels[key, value_of(level.find(f"{W}pStyle"))] = _int(level, "ilvl")
        for num in root.iterfind(f"{W}num"):
            key = value_of(num.find(f"{W}abstractNumId"))
            key = styled.get(links[key], key) if links.get(key) else key
            self._lists[num.get(f"{W}numId", "")] = key, self._levels(num, key)

    def _levels(self, num: etree._Element, key: str) -> dict[int, Level]:
        """The levels of a list: those of its definition, with what the list itself lays down."""
        levels = dict(self._abstract.get(key, {}))
        for override in num.iterfind(f"{W}lvlOverride"):
            depth = _int(override, "ilvl")
            if (level := override.find(f"{W}lvl")) is not None:
                levels[depth] = _level(level)
            if (start := override.find(f"{W}startOverride")) is not None:
                levels[depth] = replace(levels.get(depth, Level()), start=_number(value_of(start), 1))
                self._overridden.add((num.get(f"{W}numId", ""), depth))
        return levels

    @cached_property
    def _styles(self) -> dict[str, tuple[str, int, str]]:
        return _style_lists(self._style_part())

    def label(self, properties: etree._Element | None) -> str:
        """The number that Word shows before a paragraph with these properties (w:pPr), with what follows it."""
        found = self._list_of(properties)
        if found is None or found[0] not in self._lists:
            return ""
        num_id, depth = found
        abstract, levels = self._lists[num_id]
        # Lists that share a definition share a count; one that says where it starts begins anew there, once.
        anew = (num_id, depth) in self._overridden
        self._overridden.discard((num_id, depth))
        return self._counters.label(abstract, levels, depth, anew=anew)

    def _list_of(self, properties: etree._Element | None) -> tuple[str, int] | None:
        if properties is None or not self._lists:
            return None
        own = properties.find(f"{W}numPr")
        style = value_of(properties.find(f"{W}pStyle"))
        num_id, depth, source = self._styles.get(style, ("", 0, style)) if style else ("", 0, "")
        # A level that names the style takes its paragraphs, whatever level the style itself gives (17.9.23).
        abstract = self._lists[num_id][0] if num_id in self._lists else ""
        for name in (source, style):
            depth = self._named_levels.get((abstract, name), depth) if name else depth
        if own is not None:
            num_id = value_of(own.find(f"{W}numId")) or num_id
            depth = _number(value_of(own.find(f"{W}ilvl")), depth)
        return (num_id, depth) if num_id else None


def _style_lists(styles: etree._Element | None) -> dict[str, tuple[str, int, str]]:
    """The list (numId) that each paragraph style belongs to, its level, and the style that says so: itself or an ancestor."""
    if styles is None:
        return {}
    by_key = {style.get(f"{W}styleId", ""): style for style in styles.iterfind(f"{W}style")}
    lists = {}
    for key in by_key:
        ancestor, steps, depth = key, 0, ""
        while ancestor in by_key and steps < 20:
            numbered = by_key[ancestor].find(f"{W}pPr/{W}numPr")
            if numbered is not None:
                depth = depth or value_of(numbered.find(f"{W}ilvl"))
                if num_id := value_of(numbered.find(f"{W}numId")):
                    lists[key] = (num_id, _number(depth, 0), ancestor)
                    break
            ancestor, steps = value_of(by_key[ancestor].find(f"{W}basedOn")), steps + 1
    return lists


def _level(element: etree._Element) -> Level:
    restart = element.find(f"{W}lvlRestart")
    return Level(
        format=value_of(element.find(f"{W}numFmt")) or "decimal",
        start=_number(value_of(element.find(f"{W}start")), 1),
        text=value_of(element.find(f"{W}lvlText")),
        suffix=value_of(element.find(f"{W}suff")) or "tab",
        restart=_number(value_of(restart), 0) if restart is not None else None,
        legal=element.find(f"{W}isLgl") is not None,
    )


def value_of(element: etree._Element | None) -> str:
    """The ``w:val`` of a property, empty where it is not set."""
    return element.get(f"{W}val", "") if element is not None else ""


def _int(element: etree._Element, name: str) -> int:
    return _number(element.get(f"{W}{name}", ""), 0)


def _number(text: str, default: int) -> int:
    return int(text) if text.lstrip("-").isdigit() else default
