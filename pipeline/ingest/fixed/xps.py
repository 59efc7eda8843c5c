"""XPS and OpenXPS (ECMA-388): pages of placed glyphs with the text that they stand for, and pictures."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from pipeline.document import Part, PartKind, PartOutcome
from pipeline.ingest.beside import list_beside
from pipeline.ingest.fixed.runs import Run, run_lines
from pipeline.ingest.ocr.coverage import Box, is_bare, lies_in, line_above
from pipeline.ingest.office.drawings import loader
from pipeline.ingest.office.kept_apart import list_kept_apart
from pipeline.ingest.office.package import Package
from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Line, Picture, Reading, reader

MAX_PAGES = 5_000
_POINTS = 72 / 96
_BIG_PICTURE = 0.3  # of the page's area
_DESCRIBED = ("AutomationProperties.Name", "AutomationProperties.HelpText")
_APART = ((r"(?:docProps|Metadata)/[^/]*\.xml", "文档属性"), (r".*\.struct", "书签"), (r".*\.frag", "文档结构"))
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@reader("xps")
def read_xps(data: bytes) -> Reading:
    """Physical lines from top to bottom with their place, and the pictures that they do not cover."""
    try:
        with Package(data) as package:
            pages = list(_pages(package))
            if not pages:
                raise Unreadable("文件损坏", "XPS 没有页面")
            if len(pages) > MAX_PAGES:
                raise Unreadable("超出限制", f"XPS 共 {len(pages)} 页，超过 {MAX_PAGES} 页")
            reading = Reading([], len(pages))
            for number, name in enumerate(pages, start=1):
                _read_page(package, name, number, reading)
            list_kept_apart(package, reading, _APART)
            return reading
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError) as error:
        raise Unreadable("文件损坏", "XPS 内容不完整") from error
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise Unreadable("加密") from error


def _pages(package: Package) -> Iterator[str]:
    """The pages in the order of the documents of the sequence."""
    for sequence in sorted(name for name in package.names if name.endswith(".fdseq")):
        for document in _sources(package, sequence, "DocumentReference"):
            yield from _sources(package, document, "PageContent")


def _sources(package: Package, name: str, tag: str) -> list[str]:
    root = package.part(name)
    folder = posixpath.dirname("/" + name)
    nodes = root.iter("{*}" + tag) if root is not None else ()
    found = (posixpath.normpath(posixpath.join(folder, node.get("Source", ""))).lstrip("/") for node in nodes)
    return [each for each in found if each in package.names]


def _read_page(package: Package, name: str, number: int, reading: Reading) -> None:
    root = package.part(name)
    if root is None:
        return
    runs: list[Run] = []
    pictures: list[tuple[Box, str]] = []
    nameless = 0
    for node, matrix in _placed(root, _PLAIN):
        tag = etree.QName(node).localname
        if tag == "Glyphs" and not node.get("UnicodeString"):
            nameless += 1
        elif tag == "Glyphs":
            runs.append(_run(node, matrix))
        elif tag == "ImageBrush":
            source = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), _source(node))).lstrip("/")
            pictures.append((_box(node, matrix), source))
    list_beside(reading, f"第{number}页的替代文字", (node.get(name, "") for node in root.iter() for name in _DESCRIBED))
    if nameless:
        detail = f"{nameless}段文字只有字形，没有文字编码，没有读出"
        reading.parts.append(Part(PartKind.TEXT, f"第{number}页", PartOutcome.UNREAD, detail))
    before = reading.lines[-1] if reading.lines else None
    lines = list(run_lines(runs, number))
    reading.lines.extend(lines)
    area = _number(root.get("Width"), 794) * _number(root.get("Height"), 1123) * _POINTS**2
    for box, source in pictures:
        _add_picture(package, box, source, number, area, lines, before, reading)


def _add_picture(
    package: Package, box: Box, source: str, number: int, area: float, lines: list[Line], before: Line | None, reading: Reading
) -> None:
    whole = not lines and (box[2] - box[0]) * (box[3] - box[1]) > _BIG_PICTURE * area
    if not whole and not is_bare(box, [line for line in lines if lies_in(line, box)]):
        return
    place = f"第{number}页" if whole else f"第{number}页的图片"
    if source not in package.names:
        reading.parts.append(Part(PartKind.PICTURE, place, PartOutcome.UNREAD, "图片不在文件中"))
        return
    after, stored = line_above(lines, box) or before, package.read(source)
    picture = Picture(loader(stored), place, number, after, None if whole else box, whole=whole, stored=stored)
    reading.pictures.append(picture)


def _placed(node: etree._Element, matrix: Matrix) -> Iterator[tuple[etree._Element, Matrix]]:
    """Every element with what moves it to its place; iterative, for hostile nests."""
    stack = [(node, matrix)]
    while stack:
        each, outer = stack.pop()
        if not isinstance(each.tag, str):
            continue
        inner = _times(_matrix(each.get("RenderTransform") or each.get("Transform")), outer)
        yield each, inner
        stack.extend((child, inner) for child in reversed(each))


def _run(node: etree._Element, matrix: Matrix) -> Run:
    text = node.get("UnicodeString", "").removeprefix("{}")
    size = _number(node.get("FontRenderingEmSize"), 12.0)
    x, y = _moved(_number(node.get("OriginX"), 0.0), _number(node.get("OriginY"), 0.0), matrix)
    scale = abs(matrix[3]) or abs(matrix[1]) or 1.0
    width = sum(0.5 if character < "\x7f" else 1.0 for character in text) * size * scale
    return Run(text, x * _POINTS, y * _POINTS, width * _POINTS, size * scale * _POINTS)


def _source(node: etree._Element) -> str:
    """The picture's address, without the colour profile that may stand with it."""
    source = node.get("ImageSource", "")
    return source[1:-1].replace("ColorConvertedBitmap", "").split()[0] if source.startswith("{") and " " in source else source


def _box(node: etree._Element, matrix: Matrix) -> Box:
    try:
        x, y, width, height = map(float, node.get("Viewport", "").split(","))
    except ValueError:
        return 0.0, 0.0, 0.0, 0.0
    corners = [_moved(a, b, matrix) for a, b in ((x, y), (x + width, y + height))]
    (x0, x1), (y0, y1) = (sorted(corner[axis] * _POINTS for corner in corners) for axis in (0, 1))
    return x0, y0, x1, y1


def _matrix(text: str | None) -> Matrix:
    try:
        a, b, c, d, e, f = map(float, (text or "1,0,0,1,0,0").replace(" ", ",").split(","))
    except ValueError:
        return _PLAIN
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    return x * matrix[0] + y * matrix[2] + matrix[4], x * matrix[1] + y * matrix[3] + matrix[5]


def _number(text: str | None, default: float) -> float:
    try:
        return float(text or default)
    except ValueError:
        return default
