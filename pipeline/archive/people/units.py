"""The unit's settings (unit.toml), kept in the output folder so that they stay with its decisions."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive.store import Store
from pipeline.ledger import Unit, load_unit
from pipeline.whole_files import whole

FILE = "unit.toml"


def keep_unit(out: Path, file: Path | str | None) -> None:
    """Keep a copy of the settings that a scan was made with."""
    if file and Path(file).resolve() != (out / FILE).resolve():
        with whole(out / FILE) as written:
            written.write_bytes(Path(file).read_bytes())


def unit_of(out: Path, store: Store, given: str | Path | None = None) -> Unit | None:
    """The unit of an output folder: the file given, else the one that the scan used, else the copy of it kept in ``out``."""
    used = store.get_meta("unit")
    places = [given, used if used and Path(used).is_file() else None, out / FILE if (out / FILE).is_file() else None]
    return load_unit(next((place for place in places if place), None))
