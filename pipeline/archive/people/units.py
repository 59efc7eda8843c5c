"""The unit's settings (unit.toml), kept in the output folder so that they stay with its decisions."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive.store import Store
from pipeline.ledger import Unit, load_unit

FILE = "unit.toml"


def keep_unit(out: Path, file: Path | str | None) -> None:
    """Keep a copy of the settings that a scan was made with."""
    if file and Path(file).resolve() != (out / FILE).resolve():
        written = out / f".{FILE}"
        written.write_bytes(Path(file).read_bytes())
        written.replace(out / FILE)


def unit_of(out: Path, store: Store, given: str | Path | None = None) -> Unit | None:
    """The unit of an output folder: the file given, else the copy kept there, else the file that the scan used."""
    if given:
        return load_unit(given)
    if (out / FILE).is_file():
        return load_unit(out / FILE)
    used = store.get_meta("unit")
    return load_unit(used) if used and Path(used).is_file() else None
