"""Conservation: whatever is done to files, each ends in exactly one place, and the same place every time.

`python -m benchmarks.faults` does the same with thousands.
"""

from pathlib import Path

import pytest

from benchmarks.faults import DAMAGES, damage, survive


@pytest.fixture(scope="module")
def survived(tmp_path_factory):
    scratch = tmp_path_factory.mktemp("damaged")
    damage(scratch / "档案", 5 * len(DAMAGES), seed=20)
    before = listing(scratch / "档案")
    outcome = survive(scratch / "档案", scratch)
    return outcome, before == listing(scratch / "档案"), scratch


def listing(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in folder.rglob("*")}


def test_no_file_is_lost(survived):
    assert survived[0].lost == []


def test_sum_closes_and_every_problem_has_its_reason(survived):
    assert survived[0].closes


def test_second_scan_with_other_workers_gives_the_same_table_and_the_same_ledger(survived):
    assert survived[0].alike


def test_damage_of_every_kind_was_tried(survived):
    assert set(survived[0].by_kind.index) == set(DAMAGES)


def test_nothing_is_written_into_the_archive_or_outside_the_output_folders(survived):
    _, untouched, scratch = survived
    assert untouched
    assert {path.name for path in scratch.iterdir()} == {"档案", "1", "2"}
