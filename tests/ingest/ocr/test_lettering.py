"""The look that tells pictures with text from those without: no text is missed, and what has none passes."""

import io
import random
from functools import partial
from itertools import islice

import numpy as np
import pytest

from benchmarks import looks
from benchmarks.reading_samples import cjk_font
from pipeline.ingest.ocr import lettering, pictures
from pipeline.ingest.ocr.image import opened
from pipeline.ingest.ocr.installed import is_installed
from pipeline.ingest.ocr.lettering import may_hold_text
from pipeline.ingest.ocr.pictures import with_pictures
from pipeline.ingest.readers import Picture, Reading

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


def test_a_picture_that_many_files_show_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []

    def look(load: object) -> bool:
        looked.append(load)
        return False

    monkeypatch.setattr(pictures, "_KNOWN", {})
    monkeypatch.setattr(pictures, "_MOST_KNOWN", 2)
    monkeypatch.setattr(pictures, "may_hold_text", look)
    for name, box in (
        (b"a", None),
        (b"a", None),
        (b"b", None),
        (b"a", (0.0, 0.0, 80.0, 60.0)),
        (b"a", None),
        (b"", None),
        (b"", None),
    ):
        with_pictures(Reading([], pictures=[Picture(lambda _: np.zeros((9, 9, 3)), "第1张图片", box=box, stored=name)]))
    assert len(looked) == 6  # of the same bytes and size once, unless it was forgotten; without bytes each time
