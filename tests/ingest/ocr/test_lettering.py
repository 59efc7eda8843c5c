"""The look that tells pictures with text from those without: no text is missed, and what has none passes."""

import random
from itertools import islice

import numpy as np
import pytest

from benchmarks import looks
from benchmarks.reading_samples import cjk_font
from pipeline.ingest.ocr import lettering
from pipeline.ingest.ocr.installed import is_installed
from pipeline.ingest.ocr.lettering import may_hold_text

pytestmark = pytest.mark.skipif(not (cjk_font() and is_installed()), reason="本机没有中文字体或文字识别组件")


def pixels(picture: looks.Picture) -> np.ndarray:
    return np.asarray(picture.convert("RGB"))[:, :, ::-1]


@pytest.mark.parametrize("kind", looks.WITH_TEXT)
def test_text_is_seen_however_it_lies_and_however_pale_it_is(kind: str) -> None:
    for number in range(3):
        assert may_hold_text(pixels(looks.WITH_TEXT[kind](random.Random(f"{kind}{number}")))), number


def test_photographs_charts_and_logos_pass() -> None:
    held = [kind for kind, picture in islice(looks.without_text(), 0, None, 3) if may_hold_text(pixels(picture))]
    assert set(held) <= {"照片"} and len(held) <= 1  # a badge on a uniform


def test_most_photographs_pass_at_the_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "characters", lambda *_: pytest.fail("a second look"))
    assert not any(may_hold_text(pixels(looks.landscape(seed))) for seed in range(6))
