"""The plot of a simulation (查全曲线): recall against documents read, a line a method, as SVG."""

from __future__ import annotations

from pipeline.audit.simulate import Curve, Simulation
from pipeline.svg import BLUE, GRID, INK, SOFT, line, opening, text

_LEFT, _TOP, _WIDTH, _HEIGHT, _LEGEND = 72, 78, 620, 380, 26
_COLOURS = (BLUE, "#0f766e", "#c2410c", "#9ca3af")
_DASHES = ("", "7 4", "2 3", "1 5")
_TICKS = 5


def curves_svg(simulation: Simulation) -> str:
    """The plot; the legend says for each method how many documents find 95 % and all of the relevant ones."""
    height = _TOP + _HEIGHT + 70 + _LEGEND * len(simulation.curves)
    parts = [
        *opening(_LEFT + _WIDTH + 40, height, "查全曲线"),
        text(_LEFT, 32, "查全曲线：读多少份，找到多少", size=17, colour=INK, weight="600"),
        text(_LEFT, 56, f"{simulation.documents} 份已标注文件，其中失信约束文件 {simulation.relevant} 份", size=12.5),
        *_frame(simulation.documents),
    ]
    for number, curve in reversed(list(enumerate(simulation.curves))):  # ours is drawn last, above the others
        parts += [_line_of(curve, number), *_legend(curve, number)]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _frame(documents: int) -> list[str]:
    bottom = _TOP + _HEIGHT
    parts = []
    for step in range(_TICKS + 1):
        x, y = _LEFT + _WIDTH * step / _TICKS, bottom - _HEIGHT * step / _TICKS
        parts += [
            line(x, _TOP, x, bottom, GRID),
            line(_LEFT, y, _LEFT + _WIDTH, y, GRID),
            text(x, bottom + 20, str(round(documents * step / _TICKS)), anchor="middle"),
            text(_LEFT - 10, y + 4, f"{step / _TICKS:.0%}", anchor="end"),
        ]
    middle = _TOP + _HEIGHT / 2
    return [
        *parts,
        text(24, middle, "找到的比例（查全率）", size=13, colour=INK, anchor="middle", turn=(-90, 24, middle)),
        text(_LEFT + _WIDTH / 2, bottom + 44, "已读份数", size=13, colour=INK, anchor="middle"),
    ]


def _line_of(curve: Curve, number: int) -> str:
    last = len(curve.found) - 1
    points = " ".join(
        f"{_LEFT + _WIDTH * read / last:.1f},{_TOP + _HEIGHT * (1 - found / curve.relevant):.1f}"
        for read, found in enumerate(curve.found)
    )
    return f'<polyline points="{points}" fill="none" {_stroke(number)} stroke-linejoin="round"/>'


def _legend(curve: Curve, number: int) -> list[str]:
    y = _TOP + _HEIGHT + 72 + _LEGEND * number
    said = f"{curve.name}：查全 95% 需读 {curve.read_for(0.95):.0f} 份，全部找到需读 {curve.read_for(1.0):.0f} 份"
    return [
        f'<line x1="{_LEFT}" y1="{y - 4}" x2="{_LEFT + 34}" y2="{y - 4}" {_stroke(number)}/>',
        text(_LEFT + 44, y, said, size=12.5, colour=INK if number == 0 else SOFT),
    ]


def _stroke(number: int) -> str:
    dashes = f' stroke-dasharray="{_DASHES[number]}"' if _DASHES[number] else ""
    return f'stroke="{_COLOURS[number]}" stroke-width="{2.6 if number == 0 else 2}"{dashes}'
