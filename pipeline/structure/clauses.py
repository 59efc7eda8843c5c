"""The clauses (条款) of a document: its smallest numbered units, each with its label, heading path and offsets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.document import Clause, Document, Metadata
from pipeline.structure.chinese_numerals import to_chinese
from pipeline.structure.elements.metadata import read_elements
from pipeline.structure.lines import contents_lines, quoted_lines, split_lines
from pipeline.structure.parts import CARRIED, Part, closing_lines, find_parts
from pipeline.structure.tree import Piece, TreeReader, Unit


def parse(document: Document) -> tuple[Metadata, tuple[Clause, ...]]:
    """The elements of a document and its clauses in text order; time grows with the length of the text.

    Every word belongs to one clause, except the head (title, number, addressees), headings that say nothing by
    themselves, and the table of contents (目录).
    """
    lines = split_lines(document.text)
    metadata, head = read_elements(document, lines)
    skipped = contents_lines(lines)
    parts = find_parts(lines, head, metadata.title, metadata.carried_title, skipped)
    skipped.update(index for part in parts for index in range(part.first, part.body))
    reader = TreeReader(lines, skipped, quoted_lines(lines), closing_lines(lines, head))
    clauses: list[Clause] = []
    used: dict[str, int] = {}
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        pieces = reader.read(part.body, after.first if after else len(lines))
        for piece, label in zip(pieces, labels_of(pieces), strict=True):
            start, end = lines[piece.first].start, lines[piece.last].end
            clauses.append(
                Clause(
                    label=_unique(part, label, used),
                    text=document.text[start:end],
                    start=start,
                    end=end,
                    page=document.page_of(start),
                    path=path_of(piece),
                    part=part.name,
                )
            )
    if not clauses and document.text.strip():  # all of it was taken for a head: a line of a table, a message
        clauses.append(Clause("全文", document.text, 0, len(document.text)))
    return metadata, tuple(clauses)


def parse_clauses(document: Document) -> tuple[Clause, ...]:
    """The clauses of a document alone; see `parse`."""
    return parse(document)[1]


def labels_of(pieces: Sequence[Piece]) -> list[str]:
    """The labels of the clauses of one part; the 章 is named only where the rest of the label comes again elsewhere."""
    short = [label_of(piece, headings=False) for piece in pieces]
    met = Counter(short)
    return [label if met[label] == 1 and label else label_of(piece) for piece, label in zip(pieces, short, strict=True)]


def label_of(piece: Piece, *, headings: bool = True) -> str:
    """A clause's label as a person would cite it, without the name of its part, with or without its 章 and 节."""
    if piece.name:
        return piece.name
    chain = [
        unit for unit in piece.unit.chain if headings or not (unit.marker and unit.marker.is_heading) or unit is piece.unit
    ]
    article = next((place for place, unit in enumerate(chain) if unit.is_article), None)
    label = "".join(_cited(unit, article is not None) for unit in chain[article or 0 :])
    if piece.unit.is_article:
        return label + (f"第{to_chinese(piece.number)}款" if piece.unit.paragraphs > 1 else "")
    return label if piece.own else f"{label}第{piece.number}段"


def _cited(unit: Unit, in_article: bool) -> str:
    """One link of a label: below an article （三） is 第（三）项 and 1. is 第1目."""
    assert unit.marker is not None and unit.parent is not None
    label, kind = unit.marker.label, unit.marker.kind
    if not in_article or unit.is_article:
        return label
    if kind == "（一）":
        label = f"第{label}项"
    elif kind in ("1.", "（1）"):
        label = f"第{unit.marker.ordinal}目"
    if unit.parent.is_article and unit.parent.paragraphs > 1 and unit.under:
        label = f"第{to_chinese(unit.under)}款{label}"
    return label


def path_of(piece: Piece) -> tuple[str, ...]:
    """The headings above a clause, outermost first; an article is no heading."""
    chain = piece.unit.chain
    return tuple(unit.heading for unit in (chain[:-1] if piece.own else chain) if unit.heading)


def _unique(part: Part, label: str, used: dict[str, int]) -> str:
    """The label with its part's name where needed, and a count where one comes again."""
    name = part.prefix + label
    if name in used and part.name == CARRIED:
        name = part.name + label
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name}（第{used[name]}处）"
