"""The unit's settings (unit.toml), kept in the output folder so that they stay with its decisions."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.archive.store import Store
from pipeline.ledger import UNIT_FIELDS, Unit, load_unit
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


def settings_of(folder: Path) -> Path:
    """The settings that hold for a folder: an output folder's are those that its scan used, an archive's lie in it."""
    if (folder / "scan.sqlite").is_file():
        with Store(folder / "scan.sqlite") as store:
            used = store.get_meta("unit")
        return Path(used) if used and Path(used).is_file() else folder / FILE
    return folder / FILE


def save_unit(unit: Unit, file: Path) -> None:
    """Write the settings as a person would, every field by its Chinese name."""
    said = [(name, getattr(unit, field)) for name, field in UNIT_FIELDS.items()]
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said]
    with whole(file) as written:
        written.write_text("".join(lines), encoding="utf-8", newline="\n")
