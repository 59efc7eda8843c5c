"""The review in a notebook (笔记本中的复核): the served page with its keys, in a frame."""

from __future__ import annotations

from html import escape
from pathlib import Path

from pipeline.review.desk import Served

_HEIGHT = 780  # pixels


class NotebookReview:
    """The page, served as long as the notebook's kernel runs, or until `close`. ``url`` opens it in a window of its own."""

    def __init__(self, out: Path, name: str = ""):
        """Raises ScanUnfinished, StoreInUse."""
        self._served = Served(out, name=name).begin()
        self.url = self._served.address(name)

    def close(self) -> None:
        """End serving; what was decided is kept."""
        self._served.close()

    def _repr_html_(self) -> str:
        address = escape(self.url)
        return (
            f'<p>先点一下页面，再用按键（? 是按键说明）。也可<a href="{address}" target="_blank" rel="noreferrer">在新窗口打开</a>；'
            "Jupyter 不在本机时页面打不开，请改用 shixin review --offline 生成的 复核.html。</p>"
            f'<iframe src="{address}" width="100%" height="{_HEIGHT}" style="border:1px solid #d5dbe3"></iframe>'
        )
