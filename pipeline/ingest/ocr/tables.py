"""Ruled tables on a picture of a page: their lines by morphology, their cells from where the lines are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.ingest.ocr.installed import cv2

_ACROSS = 1 / 18  # share of the page's width that a horizontal rule has at least
_DOWN = 1 / 40  # the same of its height: higher than the strokes of any headline
_NEAR = 0.006  # of the width: rules nearer to each other are one
_CLEAR = 0.09  # share of ink beside a table's level rules: 0.03 was the most there, 0.11 the least in lines of print
_DRAWN = 0.6  # share of a cell's edge that must be ruled for it to be an edge


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the other's centre lies inside."""
        return self.left <= (other.left + other.right) / 2 <= self.right and self.top <= other.middle <= self.bottom

    def shared(self, other: Box) -> Box | None:
        """The part that both cover, None where there is none."""
        left, right = max(self.left, other.left), min(self.right, other.right)
        top, bottom = max(self.top, other.top), min(self.bottom, other.bottom)
        return Box(left, top, right, bottom) if left < right and top < bottom else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, merged ones whole, with the row in which it begins."""

    box: Box
    row: int


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its cells in order of rows and then of columns."""

    box: Box
    cells: list[Cell]
    rows: int

    def cell_at(self, box: Box) -> int:
        """The index of the cell that holds most of a box."""
        parts = [cell.box.shared(box) for cell in self.cells]
        areas = [part.width * part.height if part else 0.0 for part in parts]
        return int(np.argmax(areas))


def find_tables(grey: np.ndarray) -> tuple[list[Table], np.ndarray]:
    """The tables of an upright page, and a mask of the ruled lines in them."""
    height, width = grey.shape
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    across = _opened(ink, (max(int(width * _ACROSS), 20), 1))
    down = _opened(ink, (1, max(int(height * _DOWN), 20)))
    rules = cv2.bitwise_or(across, down)
    joined = cv2.dilate(rules, np.ones((5, 5), np.uint8))
    count, _, places, _ = cv2.connectedComponentsWithStats(joined)
    tables = []
    mask = np.zeros_like(rules)
    for left, top, wide, high, _ in places[1:count]:
        if wide > 0.15 * width and high > 0.02 * height:
            table = _table(across, down, int(left), int(top), int(wide), int(high), max(int(_NEAR * width), 4))
            if table is not None and _beside(across, down, ink, table.box) < _CLEAR:
                tables.append(table)
                _mark_rules(mask, rules, table, max(int(_NEAR * width), 4))
    return tables, mask


def _mark_rules(mask: np.ndarray, rules: np.ndarray, table: Table, near: int) -> None:
    """Copy the rules at the edges of cells: inside a cell two characters 工工 make a stroke as long as a rule."""
    for cell in table.cells:
        left, top, right, bottom = (int(each) for each in (cell.box.left, cell.box.top, cell.box.right, cell.box.bottom))
        low, high = max(left - near, 0), right + near
        for y in (top, bottom):
            part = np.s_[max(y - near, 0) : y + near, low:high]
            mask[part] = rules[part]
        for x in (left, right):
            part = np.s_[max(top - near, 0) : bottom + near, max(x - near, 0) : x + near]
            mask[part] = rules[part]


def _opened(ink: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """What is left of the ink where a stroke of this size fits in; small gaps of a bad scan are closed first."""
    gap = (5, 1) if size[1] == 1 else (1, 5)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))


def _beside(across: np.ndarray, down: np.ndarray, ink: np.ndarray, box: Box) -> float:
    """The share of ink just over and under the level rules: nearly none in a table; in a line of small print, whose strokes
    run together, a third."""
    part = np.s_[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1]
    near, far = (cv2.dilate(across[part], np.ones((high, 3), np.uint8)) for high in (3, 9))
    clear = (far > 0) & (near == 0) & (cv2.dilate(down[part], np.ones((3, 3), np.uint8)) == 0)
    return float((ink[part][clear] > 0).mean()) if clear.any() else 0.0


def _table(across: np.ndarray, down: np.ndarray, left: int, top: int, wide: int, high: int, near: int) -> Table | None:
    part = np.s_[top : top + high, left : left + wide]
    ys = _positions(across[part].sum(axis=1) / 255, 0.12 * wide, near)
    xs = _positions(down[part].sum(axis=0) / 255, max(0.12 * high, 12), near)
    if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) < 2:
        return None
    thick_across = cv2.dilate(across[part], np.ones((2 * near + 1, 1), np.uint8))
    thick_down = cv2.dilate(down[part], np.ones((1, 2 * near + 1), np.uint8))
    owners = _merged(thick_across, thick_down, xs, ys)
    cells = []
    for owner in sorted(set(owners.values())):
        members = [place for place, own in owners.items() if own == owner]
        rows, columns = [row for row, _ in members], [column for _, column in members]
        box = Box(left + xs[min(columns)], top + ys[min(rows)], left + xs[max(columns) + 1], top + ys[max(rows) + 1])
        cells.append(Cell(box, min(rows)))
    return Table(Box(left + xs[0], top + ys[0], left + xs[-1], top + ys[-1]), cells, len(ys) - 1)


def _positions(profile: np.ndarray, least: float, near: int) -> list[int]:
    """Where rules lie: runs of the profile above the least length, those close together as one."""
    found: list[list[int]] = []
    for position in np.flatnonzero(profile >= least):
        if found and position - found[-1][-1] <= near:
            found[-1].append(int(position))
        else:
            found.append([int(position)])
    return [sum(run) // len(run) for run in found]


def _merged(across: np.ndarray, down: np.ndarray, xs: list[int], ys: list[int]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each field (row, column) of the grid the first field of its cell: fields with no rule between are one cell."""
    owner = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    for row, column in list(owner):
        if column + 1 < len(xs) - 1:
            edge = down[ys[row] : ys[row + 1], xs[column + 1]]
            if np.count_nonzero(edge) < _DRAWN * max(len(edge), 1):
                owner[max(root((row, column)), root((row, column + 1)))] = min(root((row, column)), root((row, column + 1)))
        if row + 1 < len(ys) - 1:
            edge = across[ys[row + 1], xs[column] : xs[column + 1]]
            if np.count_nonzero(edge) < _DRAWN * max(len(edge), 1):
                owner[max(root((row, column)), root((row + 1, column)))] = min(root((row, column)), root((row + 1, column)))
    return {place: root(place) for place in owner}


def without_rules(grey: np.ndarray, rules: np.ndarray) -> np.ndarray:
    """The page with its ruled lines painted white: the recogniser takes them for 一 and 丨."""
    clean = grey.copy()
    clean[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 255
    return clean
