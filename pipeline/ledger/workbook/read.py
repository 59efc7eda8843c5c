"""Reading a ledger back (读回台账) after people have worked on it in Excel or WPS.

Columns are found by their names, wherever they stand and however they were renamed; lines belong to a document by the
hidden ids, or, where those were lost, by the 序号. What cannot be understood is a problem with the address of its cell.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.errors import Refusal
from pipeline.ledger.cell import read_text
from pipeline.ledger.choices import DECISIONS, NOT_LISTED
from pipeline.ledger.detail import DetailLine
from pipeline.ledger.row import LedgerRow
from pipeline.ledger.unit import Scope
from pipeline.ledger.workbook.columns import column_of
from pipeline.ledger.workbook.sheet import DITTO, OUTSIDE_SHEET, OWN_SHEET, WORKING_SHEET

_HEADER_SEARCH = 30  # rows from the top in which the header must stand
_LEAST_HEADERS = 3
SIGNATURE = re.compile(
    r"^\s*(?:主要负责人|单位负责人|填表人|填报人|联系电话|审核人)\s*(?:[（(](?:签字|盖章|签名)[)）])?\s*[：:]"
)
_DITTO = frozenset({DITTO, "同上"})
#: What people write for a decision -> the decision.
_DECISION_WORDS = {word: word for word in (*DECISIONS, NOT_LISTED)} | {
    "继续保留": "保留", "予以保留": "保留", "修改": "修订", "予以修订": "修订", "修订后执行": "修订", "立法完善": "立法",
    "予以废止": "废止", "拟废止": "废止", "废除": "废止", "拟修订": "修订", "拟保留": "保留", "拟立法": "立法",
}  # fmt: skip


class LedgerError(Refusal, ValueError):
    """A ledger that can't be used as it stands; the message, in Chinese, names the file and cell and what to do."""


class CellProblem(NamedTuple):
    """One thing that a person must mend: the file, the sheet and cell (``台账!N7``), and what is wrong with it."""

    file: str
    cell: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file} {self.cell}：{self.reason}"


@dataclass(frozen=True, slots=True)
class ReadLedger:
    """A ledger as read: rows in the order of the sheet, problems, and the cell of each row's decision."""

    path: str
    unit: str
    rows: tuple[LedgerRow, ...]
    problems: tuple[CellProblem, ...]
    decision_cells: tuple[str, ...]


class _Line(NamedTuple):
    """One line of a sheet: its number, its cells by column key."""

    number: int
    cells: dict[str, str]


def read_ledger(path: str | Path) -> ReadLedger:
    """Read both sheets of a ledger, ours or one kept by hand. Raises FileNotFoundError, LedgerError where it has no table."""
    path = Path(path)
    book = open_ledger(path, data_only=True)
    return read_sheets([sheet for sheet in book.worksheets if sheet.sheet_state == "visible"], path)


def read_sheets(visible: Sequence[Any], path: Path) -> ReadLedger:
    """The ledger on the visible sheets of a workbook: openpyxl's, or others that answer as they do (title, iter_rows, cell,
    merged_cells). Raises LedgerError where there is no table."""
    # other sheets (重复文件, 统计) have such headers too: they count only where no sheet is named a ledger
    sheets = [sheet for sheet in visible if OWN_SHEET in sheet.title] or visible
    tables = [(sheet, head) for sheet in sheets if (head := find_header(sheet)) is not None]
    if not tables:
        raise LedgerError(f"{path}：没有找到台账表头（应有“文件名称”“发文字号”“处置意见”等列）")
    reader = _Reader(path.name, _worked(visible))
    for sheet, (line, keys) in tables:
        reader.read(sheet, line, keys)
    unit = next((name for sheet, _ in tables if (name := _unit_name(sheet))), "")
    return ReadLedger(str(path), unit, tuple(reader.rows), tuple(reader.problems), tuple(reader.decision_cells))


def open_ledger(path: Path, *, data_only: bool = False) -> Workbook:
    """Open a workbook that someone made. Raises FileNotFoundError, PermissionError, LedgerError where it is none."""
    try:
        return load_workbook(path, data_only=data_only)
    except (FileNotFoundError, PermissionError):
        raise
    except Exception as error:  # a damaged workbook raises whatever the XML under it makes fail
        raise LedgerError(f"{path}：不是 xlsx 台账，或已损坏；请用 Excel 或 WPS 打开后另存为 .xlsx") from error


def find_header(sheet: Worksheet) -> tuple[int, dict[int, str]] | None:
    """The number of the header row, and which of our columns stands where (positions from 1)."""
    best: tuple[int, dict[int, str]] | None = None
    for number, values in enumerate(sheet.iter_rows(max_row=_HEADER_SEARCH, values_only=True), 1):
        keys: dict[int, str] = {}
        for position, value in enumerate(values, 1):
            key = column_of(value) if isinstance(value, str) else None
            if key and key not in keys.values():
                keys[position] = key
        if "title" in keys.values() and len(keys) >= _LEAST_HEADERS and len(keys) > len(best[1] if best else ()):
            best = number, keys
    return best


def _unit_name(sheet: Worksheet) -> str:
    for values in sheet.iter_rows(max_row=_HEADER_SEARCH, values_only=True):
        for value in values:
            if isinstance(value, str) and (found := re.match(r"\s*填报单位\s*(?:[（(]盖章[)）])?\s*[：:]\s*(.*)", value)):
                return found.group(1).strip()
    return ""


def as_text(value: object) -> str:
    """A cell's value as a person sees it: dates as ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return read_text(str(value))


class _Reader:
    """Gathers rows and problems over the sheets of one file."""

    def __init__(self, file: str, worked: dict[str, dict[str, str]]):
        self._file, self._worked = file, worked
        self.rows: list[LedgerRow] = []
        self.problems: list[CellProblem] = []
        self.decision_cells: list[str] = []
        self._seen: set[str] = set()

    def read(self, sheet: Worksheet, header: int, keys: dict[int, str]) -> None:
        letters = {key: get_column_letter(position) for position, key in keys.items()}
        outside = sheet.title == OUTSIDE_SHEET or "不属本单位" in sheet.title
        blocks: dict[str, list[_Line]] = {}
        for line in _lines(sheet, header, keys):
            blocks.setdefault(_identity(line, sheet.title, blocks), []).append(line)
        for identity, lines in blocks.items():
            self._row(identity, lines, sheet.title, letters, outside)

    def _row(self, identity: str, lines: Sequence[_Line], sheet: str, letters: dict[str, str], outside: bool) -> None:
        def cell(key: str, line: _Line) -> str:
            return f"{sheet}!{letters.get(key, 'A')}{line.number}"

        first = lines[0]
        about: dict[str, Any] = {key: _first_value(key, lines) for key in _DOCUMENT_KEYS}
        if not about["title"]:
            self.problems.append(CellProblem(self._file, cell("title", first), "没有填写文件名称"))
        if identity in self._seen:
            self.problems.append(CellProblem(self._file, cell("title", first), "同一文件在台账中出现两次"))
        decision = self._decision(lines, cell)
        self._seen.add(identity)
        decided = next((line for line in lines if line.cells.get("decision")), first)
        self.decision_cells.append(cell("decision", decided))
        for line in lines:
            if line.cells.get("in_name_of", "") not in ("", "是", "否", "待核", *_DITTO):
                self.problems.append(CellProblem(self._file, cell("in_name_of", line), "应为是或否"))
        details = tuple(self._detail(line) for line in lines if any(line.cells.get(key) for key in _DETAIL_KEYS))
        about["suggestion"] = about["suggestion"] or self._of_machine(lines[0], "suggestion")
        self.rows.append(
            LedgerRow(
                document_id=first.cells.get("document_id") or identity,
                scope=_scope(_first_value("scope", lines), outside),
                details=details,
                decision=decision,
                version=_first_value("version", lines),
                **about,
            )
        )

    def _detail(self, line: _Line) -> DetailLine:
        cells: dict[str, Any] = {key: line.cells.get(key, "") for key in _DETAIL_KEYS}
        cells["reason"] = cells["reason"] or self._of_machine(line, "reason")
        return DetailLine(**cells)

    def _of_machine(self, line: _Line, key: str) -> str:
        """What the sheet 核对底稿 says of the line's measure, or of its document."""
        ids = (line.cells.get("row_id", ""), line.cells.get("document_id", ""))
        return next((text for id_ in ids if id_ and (text := self._worked.get(id_, {}).get(key, ""))), "")

    def _decision(self, lines: Sequence[_Line], cell) -> str:
        """The block's one decision; an unknown word and two that differ are problems."""
        found: list[tuple[_Line, str]] = []
        for line in lines:
            written = line.cells.get("decision", "")
            if not written or written in _DITTO:
                continue
            word = _DECISION_WORDS.get(re.sub(r"[\s。；;，,]", "", unicodedata.normalize("NFKC", written)))
            if word is None:
                allowed = "、".join((*DECISIONS, NOT_LISTED))
                self.problems.append(CellProblem(self._file, cell("decision", line), f"处置意见“{written}”应为{allowed}之一"))
            else:
                found.append((line, word))
        for line, word in found[1:]:
            if word != found[0][1]:
                reason = f"同一文件的处置意见不一致：{cell('decision', found[0][0])}填“{found[0][1]}”，此处填“{word}”"
                self.problems.append(CellProblem(self._file, cell("decision", line), reason))
        return found[0][1] if found else ""


_DOCUMENT_KEYS = (
    "reporter",
    "title",
    "number",
    "issuers",
    "date",
    "drafter",
    "in_name_of",
    "suggestion",
    "deadline",
    "progress",
    "contact",
    "remark",
)
_DETAIL_KEYS = ("row_id", "content", "functions", "measure", "bases", "verdict", "reason")


def _lines(sheet: Worksheet, header: int, keys: dict[int, str]) -> Iterator[_Line]:
    """The lines of the table with something in them, merged cells filled, without the signatures."""
    merged = _merged_values(sheet)
    for number, values in enumerate(sheet.iter_rows(min_row=header + 1, values_only=True), header + 1):
        texts = [as_text(value) for value in values]
        cells = {}
        for position, key in keys.items():
            text = texts[position - 1] if position <= len(texts) else ""
            cells[key] = text or merged.get((number, position), "")
        if any(SIGNATURE.match(text) for text in texts if text) and not cells.get("document_id"):
            continue  # rows that a person added below the signatures are rows all the same
        if any(text for key, text in cells.items() if key != "index"):
            yield _Line(number, cells)


def _worked(visible: Sequence[Any]) -> dict[str, dict[str, str]]:
    """The machine's reasons by row id, and its suggestions by document id, from the sheet 核对底稿."""
    said: dict[str, dict[str, str]] = {}
    for sheet in visible:
        head = find_header(sheet) if WORKING_SHEET in sheet.title else None
        for line in _lines(sheet, *head) if head else ():
            for id_, key in (("row_id", "reason"), ("document_id", "suggestion")):
                if line.cells.get(key):
                    said.setdefault(line.cells.get(id_, ""), {}).setdefault(key, line.cells[key])
    return said


def _merged_values(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """What the covered cells of vertically merged ranges show: people merge blocks by hand."""
    values = {}
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col and area.max_row > area.min_row:
            shown = as_text(sheet.cell(area.min_row, area.min_col).value)
            values.update({(row, area.min_col): shown for row in range(area.min_row + 1, area.max_row + 1)})
    return values


def _identity(line: _Line, sheet: str, known: Iterable[str]) -> str:
    """What document a line belongs to: its hidden id; else the 序号; else the line before, or the line itself."""
    cells = line.cells
    if cells.get("document_id"):  # in a merged ledger two units may report one document
        return "@".join(filter(None, (cells["document_id"], cells.get("reporter"))))
    if cells.get("row_id"):
        return cells["row_id"].rpartition("-")[0]
    if cells.get("index"):
        return f"{sheet}#{cells['index']}"
    if not cells.get("title") and (earlier := list(known)):
        return earlier[-1]
    return f"{sheet}@{line.number}"


def _scope(written: str, outside: bool) -> Scope:
    """The hidden scope, unless the person moved the row to the other sheet or it was lost."""
    known = written in {scope.value for scope in Scope} and (written == Scope.OUTSIDE.value) == outside
    return Scope(written) if known else Scope.OUTSIDE if outside else Scope.NO_UNIT


def _first_value(key: str, lines: Sequence[_Line]) -> str:
    return next((text for line in lines if (text := line.cells.get(key, "")) and text not in _DITTO), "")
