"""Paragraphs and table rows as a stream of marks makes them (DOC and RTF): cell ends and row ends, no tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.ingest.readers import Line


@dataclass(slots=True)
class Flow:
    """Lines as they are finished, and the table row that is being filled.

    A row of one cell is a frame round paragraphs. A nested table's rows follow the row that holds it. ``after`` are lines
    of text boxes and notes, which come once the paragraph or row that they hang on is finished.
    """

    lines: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    _cell: list[str] = field(default_factory=list)
    _row: list[list[str]] = field(default_factory=list)
    _inner_cell: list[str] = field(default_factory=list)
    _inner_row: list[str] = field(default_factory=list)
    _inner_rows: list[str] = field(default_factory=list)

    def paragraph(self, text: str, page: int) -> None:
        """A paragraph outside tables; line breaks in it part it."""
        self.end_row(page)
        self._put(text, page)
        self._put_after()

    def in_cell(self, text: str, *, nested: bool = False) -> None:
        """A paragraph of the open cell that is not its last."""
        (self._inner_cell if nested else self._cell).append(text)

    def end_cell(self, text: str, *, nested: bool = False) -> None:
        """The last paragraph of a cell."""
        self.in_cell(text, nested=nested)
        if nested:
            self._inner_row.append(" ".join(part for part in self._inner_cell if part.strip()))
            self._inner_cell = []
        else:
            self._row.append([part for part in self._cell if part.strip()])
            self._cell = []

    def end_inner_row(self) -> None:
        """The end of a nested table's row."""
        self._inner_rows.append("\t".join(self._inner_row).replace("\n", " "))
        self._inner_row = []

    def end_row(self, page: int) -> None:
        """The end of a table row; also of one that a damaged file leaves open. Does nothing where none is open."""
        if self._cell:
            self.end_cell("")
        if len(self._row) == 1:
            for part in self._row[0]:
                self._put(part, page)
        elif any(self._row):
            text = "\t".join(" ".join(cell).replace("\n", " ") for cell in self._row)
            self.lines.append(Line(text, page, "row"))
        self.lines.extend(Line(row, page, "row") for row in self._inner_rows if row.strip())
        if self._row:
            self._put_after()
        self._row, self._inner_rows = [], []

    def _put(self, text: str, page: int) -> None:
        self.lines.extend(Line(piece, page) for piece in text.split("\n") if piece.strip())

    def _put_after(self) -> None:
        self.lines.extend(self.after)
        self.after = []


def whole(text: str) -> str:
    """Text in which the halves of characters beyond the basic plane stood apart (UTF-16), with them joined."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
