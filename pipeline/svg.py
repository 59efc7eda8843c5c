"""The few pieces of which our plots (图) are drawn: SVG needs no plotting library and opens in every browser, offline."""

from __future__ import annotations

INK, SOFT, GRID, BLUE = "#1f2937", "#6b7280", "#e5e7eb", "#1d4ed8"
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei',sans-serif"


def opening(width: float, height: float, label: str) -> list[str]:
    """The first lines of a plot on white; whoever calls closes it with ``</svg>``."""
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{_FONT}" role="img" aria-label="{label}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]


def line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    """A thin line."""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 11.5,
    colour: str = SOFT,
    anchor: str = "start",
    weight: str = "400",
    turn: tuple[float, float, float] | None = None,
) -> str:
    """Words at a place; ``turn`` is degrees and the point to turn round."""
    turned = f' transform="rotate({turn[0]} {turn[1]:.1f} {turn[2]:.1f})"' if turn else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" font-weight="{weight}"{turned}>'
        f"{words}</text>"
    )
