"""Whether recognition (文字识别) is installed: its packages are an extra (`ocr`), because an archive of texts does without.

``cv2`` is OpenCV, None where it is missing; every way to a picture's text goes through `require` first.
"""

from __future__ import annotations

import importlib.util
from functools import cache

from pipeline.ingest.problems import Unreadable

try:
    import cv2

    cv2.setNumThreads(1)  # the pool of workers is the parallelism
except ImportError:
    cv2 = None  # type: ignore[assignment]

MISSING = "未安装文字识别组件"


@cache
def is_installed() -> bool:
    """Whether pictures can be recognised here."""
    return cv2 is not None and all(importlib.util.find_spec(name) for name in ("openvino", "rapidocr"))


def require() -> None:
    """Raise Unreadable, which names the remedy, where pictures can't be recognised here."""
    if not is_installed():
        raise Unreadable("需要文字识别", MISSING)
