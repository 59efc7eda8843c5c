"""The reliability plot (可靠性图) as SVG: what the model's chances come to in fact."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.learn.intervals import Share
from pipeline.svg import BLUE, GRID, INK, SOFT, line, opening, text

_LEFT, _TOP, _SIDE, _STRIP = 76, 74, 400, 70
_GAP = 34
_PALE = "#bfdbfe"


def reliability_svg(tenths: Sequence[tuple[float, Share]]) -> str:
    """The plot of (mean chance, share relevant) by tenth: points with their 95 % intervals, and below how many clauses each is."""
    width, height = _LEFT + _SIDE + 34, _TOP + _SIDE + _GAP + _STRIP + 58
    clauses = sum(share.total for _, share in tenths)
    parts = [
        *opening(width, height, "可靠性图：预测概率与实际比例"),
        text(_LEFT, 30, "可靠性图：得分与实际相符的程度", size=17, colour=INK, weight="600"),
        text(_LEFT, 52, f"分组交叉验证，{clauses} 个条款；点越靠近虚线，得分越能当作概率看", size=12.5),
        *_frame(),
        *_curve(tenths),
        *_histogram(tenths),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(chance: float) -> float:
    return _LEFT + chance * _SIDE


def _y(share: float) -> float:
    return _TOP + (1 - share) * _SIDE


def _frame() -> list[str]:
    """Grid, axes' numbers and names, and the diagonal on which a perfect model would lie."""
    bottom, base = _TOP + _SIDE, _TOP + _SIDE + _GAP + _STRIP
    parts = []
    for step in range(0, 11, 2):
        value = step / 10
        parts += [
            line(_x(value), _TOP, _x(value), bottom, GRID),
            line(_LEFT, _y(value), _LEFT + _SIDE, _y(value), GRID),
            text(_LEFT - 10, _y(value) + 4, f"{value:.1f}", anchor="end"),
            text(_x(value), base + 18, f"{value:.1f}", anchor="middle"),
        ]
    middle = _TOP + _SIDE / 2
    return [
        *parts,
        f'<rect x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#9ca3af"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="{SOFT}" stroke-width="1.2" stroke-dasharray="5 5"/>',
        text(_x(0.03), _y(0.95), "虚线以上：实际比得分更可能相关", size=12),
        text(_x(0.97), _y(0.03), "虚线以下：得分偏高", size=12, anchor="end"),
        text(26, middle, "实际相关的比例", size=13, colour=INK, anchor="middle", turn=(-90, 26, middle)),
        text(_LEFT + _SIDE / 2, base + 42, "模型给出的概率（十等分后的均值）", size=13, colour=INK, anchor="middle"),
    ]


def _curve(tenths: Sequence[tuple[float, Share]]) -> list[str]:
    points = " ".join(f"{_x(mean):.1f},{_y(share.value or 0):.1f}" for mean, share in tenths)
    parts = [f'<polyline points="{points}" fill="none" stroke="{BLUE}" stroke-width="2.2" stroke-linejoin="round"/>']
    for mean, share in tenths:
        x, low, high = _x(mean), _y(share.low), _y(share.high)
        parts += [
            f'<line x1="{x:.1f}" y1="{low:.1f}" x2="{x:.1f}" y2="{high:.1f}" stroke="{BLUE}" stroke-width="7" '
            'stroke-opacity="0.18" stroke-linecap="round"/>',
            f'<circle cx="{x:.1f}" cy="{_y(share.value or 0):.1f}" r="4.6" fill="{BLUE}" stroke="#ffffff" stroke-width="1.5">'
            f"<title>预测 {mean:.2f}，实际 {share}</title></circle>",
        ]
    return parts


def _histogram(tenths: Sequence[tuple[float, Share]]) -> list[str]:
    """How many clauses lie in each tenth: where the plot is sure, and where it rests on few."""
    most = max((share.total for _, share in tenths), default=1)
    base, tall = _TOP + _SIDE + _GAP + _STRIP, _STRIP - 16
    parts = [line(_LEFT, base, _LEFT + _SIDE, base, "#9ca3af"), text(_LEFT - 10, base - 4, "条款数", anchor="end")]
    for mean, share in tenths:
        left = _LEFT + min(int(mean * 10), 9) * _SIDE / 10
        height = share.total / most * tall
        parts += [
            f'<rect x="{left + 3:.1f}" y="{base - height:.1f}" width="{_SIDE / 10 - 6:.1f}" height="{height:.1f}" fill="{_PALE}" rx="2"/>',
            text(left + _SIDE / 20, base - height - 5, str(share.total), size=11, anchor="middle"),
        ]
    return parts
