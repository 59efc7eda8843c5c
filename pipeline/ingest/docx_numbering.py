"""Word's automatic numbering (自动编号): the 第一条 that is not in the text but made by a list definition.

ECMA-376 part 1, 17.9: a paragraph's numId leads to a num, that to an abstractNum, whose levels say format, start and
text ("第%1条"). No open library resolves them, though without them a regulation loses its article numbers.
"""

from __future__ import annotations

from lxml import etree

from pipeline.ingest.numbering import Counters, Level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Numbering:
    """Counts as Word does while paragraphs go by in document order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None):
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counters = Counters()
        self._overridden: set[tuple[str, int]] = set()
        self._styles = _style_lists(styles)
        if numbering is not None:
            self._load(numbering)

    def _load(self, root: etree._Element) -> None:
        links = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._abstract[key] = {_int(level, "ilvl"): _level(level) for level in abstract.iterfind(f"{W}lvl")}
            if (link := abstract.find(f"{W}numStyleLink")) is not None:
                links[key] = link.get(f"{W}val")
        named = {
            link.get(f"{W}val"): abstract.get(f"{W}abstractNumId", "")
            for abstract in root.iterfind(f"{W}abstractNum")
            if (link := abstract.find(f"{W}styleLink")) is not None
        }
        for num in root.iterfind(f"{W}num"):
            key = _value(num.find(f"{W}abstractNumId"))
            key = named.get(links.get(key), key)
            levels = dict(self._abstract.get(key, {}))
            for override in num.iterfind(f"{W}lvlOverride"):
                depth = _int(override, "ilvl")
                if (level := override.find(f"{W}lvl")) is not None:
                    levels[depth] = _level(level)
                if (start := override.find(f"{W}startOverride")) is not None:
                    base = levels.get(depth, Level())
                    levels[depth] = Level(
                        base.format, _number(_value(start), 1), base.text, base.suffix, base.restart, base.legal
                    )
                    self._overridden.add((num.get(f"{W}numId", ""), depth))
            self._lists[num.get(f"{W}numId", "")] = (key, levels)

    def label(self, properties: etree._Element | None) -> str:
        """The number that Word shows before a paragraph with these properties (w:pPr), with what follows it."""
        found = self._list_of(properties)
        if found is None or found[0] not in self._lists:
            return ""
        num_id, depth = found
        abstract, levels = self._lists[num_id]
        # Lists that share a definition share a count, unless one of them says where it starts.
        return self._counters.label(num_id if (num_id, depth) in self._overridden else abstract, levels, depth)

    def _list_of(self, properties: etree._Element | None) -> tuple[str, int] | None:
        if properties is None:
            return None
        own = properties.find(f"{W}numPr")
        style = _value(properties.find(f"{W}pStyle"))
        inherited = self._styles.get(style)
        if own is not None:
            num_id = _value(own.find(f"{W}numId")) or (inherited[0] if inherited else "")
            depth = own.find(f"{W}ilvl")
            return (num_id, _number(_value(depth), 0) if depth is not None else (inherited[1] if inherited else 0))
        return inherited


def _style_lists(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    """The list that each paragraph style belongs to, its parents' where it has none of its own."""
    if styles is None:
        return {}
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in styles.iterfind(f"{W}style"):
        key = style.get(f"{W}styleId", "")
        parents[key] = _value(style.find(f"{W}basedOn"))
        if (numbered := style.find(f"{W}pPr/{W}numPr")) is not None:
            own[key] = (_value(numbered.find(f"{W}numId")), _number(_value(numbered.find(f"{W}ilvl")), 0))
    resolved = {}
    for key in parents:
        ancestor, steps = key, 0
        while ancestor and ancestor not in own and steps < 20:
            ancestor, steps = parents.get(ancestor, ""), steps + 1
        if ancestor in own:
            resolved[key] = own[ancestor]
    return resolved


def _level(element: etree._Element) -> Level:
    restart = element.find(f"{W}lvlRestart")
    return Level(
        format=_value(element.find(f"{W}numFmt")) or "decimal",
        start=_number(_value(element.find(f"{W}start")), 1),
        text=_value(element.find(f"{W}lvlText")),
        suffix=_value(element.find(f"{W}suff")) or "tab",
        restart=_number(_value(restart), 0) if restart is not None else None,
        legal=element.find(f"{W}isLgl") is not None,
    )


def _value(element: etree._Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _int(element: etree._Element, name: str) -> int:
    return _number(element.get(f"{W}{name}", ""), 0)


def _number(text: str, default: int) -> int:
    return int(text) if text.lstrip("-").isdigit() else default
