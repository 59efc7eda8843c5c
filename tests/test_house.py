"""The house stays one that a newcomer can see through: short files, small rooms (imports are checked by import-linter)."""

from __future__ import annotations

from pipeline.shipped import ROOT

LONGEST, FULLEST = 300, 16
PACKAGE = ROOT / "pipeline"


def test_no_file_is_too_long():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")
    }
    assert lengths and {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_folder_is_too_full():
    folders = [PACKAGE, *(path for path in PACKAGE.rglob("*") if path.is_dir() and path.name != "__pycache__")]
    counts = {str(folder.relative_to(ROOT)): sum(path.is_file() for path in folder.iterdir()) for folder in folders}
    assert {name: count for name, count in counts.items() if count > FULLEST} == {}
