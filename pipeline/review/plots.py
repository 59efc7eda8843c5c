"""Plots in a notebook (统计图): bars by matplotlib, lettered in a Chinese font of the machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Files of fonts that hold Chinese, as Linux, Windows and macOS name them; the first that is found is used.
_FONTS = ("notosanscjk", "sourcehansans", "msyh", "pingfang", "simhei", "wqy-microhei", "wqy-zenhei", "notoserifcjk", "simsun", "songti", "droidsansfallback")  # fmt: skip
_ROW, _WIDTH = 0.34, 8.0  # inches


class NoChineseFont(RuntimeError):
    """No font of this machine holds Chinese characters."""


@cache
def chinese_font() -> str:
    """The name of a font that matplotlib can letter Chinese with. Raises NoChineseFont."""
    from matplotlib import font_manager

    files = {path: Path(path).name.lower().replace("_", "") for path in sorted(font_manager.findSystemFonts())}
    for wanted in _FONTS:
        for path, name in files.items():
            if name.startswith(wanted) and "bold" not in name:
                font_manager.fontManager.addfont(path)
                return font_manager.FontProperties(fname=path).get_name()
    raise NoChineseFont("本机没有中文字体，图中的字会显示成方框；请安装思源黑体（Noto Sans CJK）后重新运行。")


def bars(counts: pd.Series, title: str) -> Figure:
    """Bars of counts by name, the first on top, each with its number. Raises NoChineseFont."""
    import matplotlib.pyplot as plt

    with plt.rc_context({"font.family": chinese_font(), "axes.unicode_minus": False, "font.size": 11}):
        figure, axes = plt.subplots(figsize=(_WIDTH, 1.1 + _ROW * max(len(counts), 1)), layout="constrained")
        drawn = axes.barh([str(name) for name in counts.index], counts.to_numpy(), color="#1d4ed8")
        axes.bar_label(drawn, padding=4)
        axes.invert_yaxis()
        axes.set_title(title, loc="left")
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.xaxis.set_visible(False)
        plt.close(figure)  # shown once, by who asked for it
    return figure
