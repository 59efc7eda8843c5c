"""The look that tells pictures with text from those without: no text is missed, and what has none passes."""

import io
import random
from functools import partial
from itertools import islice

import numpy as np
import pytest

from benchmarks import looks
from benchmarks.reading_samples import cjk_font
from pipeline.ingest.ocr import lettering
from pipeline.ingest.ocr.image import opened
from pipeline.ingest.ocr.installed import is_installed
from pipeline.ingest.ocr.lettering import may_hold_text

pytestmark = pytest.mark.skipif(not (cjk_font() and is_installed()), reason="本机没有中文字体或文字识别组件")


def shows_text(picture: looks.Picture) -> bool:
    return may_hold_text(lambda _: np.asarray(picture.convert("RGB"))[:, :, ::-1])


@pytest.mark.parametrize("kind", looks.WITH_TEXT)
def test_text_is_seen_however_it_lies_and_however_pale_it_is(kind: str) -> None:
    for number in range(3):
        assert shows_text(looks.WITH_TEXT[kind](random.Random(f"{kind}{number}"))), number


def test_photographs_charts_and_logos_pass() -> None:
    held = [kind for kind, picture in islice(looks.without_text(), 0, None, 3) if shows_text(picture)]
    assert set(held) <= {"照片"} and len(held) <= 1  # a badge on a uniform


def test_most_photographs_pass_at_the_first_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "characters", lambda *_: pytest.fail("a second look"))
    assert not any(shows_text(looks.landscape(seed)) for seed in range(6))


def test_a_few_black_words_on_a_white_page_are_not_washed_out() -> None:
    page = looks.printed(random.Random(1), (827, 1169), 16, 1)
    stored = io.BytesIO()
    page.save(stored, "JPEG", quality=88)
    assert may_hold_text(partial(opened, stored.getvalue()))


@pytest.mark.parametrize("quality", [60, 88])
@pytest.mark.parametrize("kind", ["截图", "一行", "浅色"])
def test_a_progressive_picture_shows_its_text_before_its_last_scan(kind: str, quality: int) -> None:
    stored = io.BytesIO()
    looks.WITH_TEXT[kind](random.Random(kind)).convert("RGB").save(stored, "JPEG", quality=quality, progressive=True)
    assert len(opened(stored.getvalue(), "glance").shape) == 2
    assert may_hold_text(partial(opened, stored.getvalue()))
