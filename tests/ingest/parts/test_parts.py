"""Nothing inside a file is skipped without a word: sentences planted in random parts of every format that can be written."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.word.soffice import program
from tests.ingest.parts import plant
from tests.ingest.parts.formats import BINARY, FORMATS, Format

_PICTURES = ("图片", "扫描页", "成员")  # places that cost recognition: one a file is enough
_QUICK = {name: format_ for name, format_ in FORMATS.items() if name not in ("zip", "mht")}


def quick_places(format_: Format) -> list[str]:
    """The places that cost no recognition."""
    return [place for place in format_.places if not any(word in place for word in _PICTURES)]


@st.composite
def planted_files(draw: st.DrawFn) -> tuple[Format, tuple[tuple[str, str], ...]]:
    """A format, some of its places in any order, a sentence for each."""
    format_ = _QUICK[draw(st.sampled_from(sorted(_QUICK)))]
    places = draw(st.lists(st.sampled_from(quick_places(format_)), min_size=1, max_size=7, unique=True))
    first = draw(st.integers(0, plant.SENTENCES - 1))
    return format_, tuple((place, plant.sentence(first + index)) for index, place in enumerate(places))


@given(planted_files())
@settings(max_examples=60)
def test_each_planted_sentence_is_found_or_its_part_is_listed(planted_file):
    format_, planted = planted_file
    with tempfile.TemporaryDirectory() as folder:
        found = plant.fates(format_.build(planted), f"甲.{format_.name}", planted, Path(folder))
    assert found.skipped == []


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_file_with_all_places_at_once_loses_none(name: str, tmp_path: Path):
    format_ = FORMATS[name]
    for planted in plant.groups(quick_places(format_)):
        assert plant.fates(format_.build(planted), f"甲.{name}", planted, tmp_path).skipped == []


@pytest.mark.parametrize("name", sorted(BINARY))
def test_binary_office_files_lose_none(name: str, tmp_path: Path):
    if not program():
        pytest.skip("LibreOffice is not installed")
    format_ = BINARY[name]
    for planted in plant.groups(quick_places(format_)):
        assert plant.fates(format_.build(planted), f"甲.{name}", planted, tmp_path).skipped == []


def test_a_reader_that_drops_a_part_is_caught(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from pipeline.ingest.word import docx_parts

    monkeypatch.setattr(docx_parts, "form_texts", lambda *_: [])
    planted = (("正文", plant.sentence(1)), ("下拉列表", plant.sentence(2)))
    assert plant.fates(FORMATS["docx"].build(planted), "甲.docx", planted, tmp_path).skipped == ["下拉列表"]
