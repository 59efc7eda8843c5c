"""The archives that the benchmarks are run on: their size is what was asked for, and each hardship is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from benchmarks.archives import MIXES, build, files


@pytest.mark.parametrize("mix", MIXES)
def test_same_seed_gives_the_same_bytes_and_another_seed_others(mix: str) -> None:
    first = list(files(40, mix, seed=1))
    assert first == list(files(40, mix, seed=1))
    assert first != list(files(40, mix, seed=2))


def test_as_many_files_are_found_as_were_asked_for_and_the_sum_closes(tmp_path: Path) -> None:
    build(tmp_path / "档案", 120, "small", seed=3)
    result = pipeline.scan(tmp_path / "档案", tmp_path / "out", workers=1, as_of="2026-01-01")
    assert result.found == 120 == result.screened + result.duplicates + result.problems
    assert result.flagged and result.duplicates and result.problems
