"""What a result depends on besides the file: a change in any of it makes the result out of date."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pipeline.ingest import can_recognise
from pipeline.shipped import ANNOTATED, MODELS, PACKAGE

_READING_ROOMS = ("ingest",)
_JUDGING_ROOMS = ("structure", "classify", "extract", "assess")
_WRITING_ROOMS = ("ledger", "archive", "decisions")
_OUTSIDE_READERS = ("soffice", "libreoffice", "unar", "unrar", "bsdtar")


@cache
def reading_version() -> str:
    """Changes when a file that could not be read might now be: new readers, or a program or a part that was installed."""
    programs = ",".join(name for name in _OUTSIDE_READERS if shutil.which(name))
    return _digest(_sources(_READING_ROOMS), f"{programs}{'，文字识别' if can_recognise() else ''}")


@cache
def writing_version() -> str:
    """Changes with whatever writes the ledger, the report and the lists."""
    return _digest(_sources(_WRITING_ROOMS), "")


def judgement_version(as_of: str, registry: str | None = None) -> str:
    """Changes with the rules, the lexicon, the model, the registries (ours and the user's) or the date of judgement."""
    own = _digest([Path(registry)], "") if registry else ""
    return f"{_rules_version()}{own}@{as_of}"


@cache
def registry_version() -> str:
    """Changes with any table of the registry that the product ships."""
    return _digest(_registry(), "")


def _registry() -> list[Path]:
    return sorted(ANNOTATED.glob("*.csv"))


@cache
def _rules_version() -> str:
    model = [*MODELS.glob("*.npz"), *MODELS.glob("model.json")]  # its figures beside it change nothing
    return _digest([*_sources(_JUDGING_ROOMS), *_registry(), *model], "")


def _sources(rooms: Iterable[str]) -> list[Path]:
    files = (path for room in rooms for path in (PACKAGE / room).rglob("*"))
    return sorted(path for path in files if path.suffix in {".py", ".csv", ".toml", ".html", ".js", ".css"})


def _digest(paths: Iterable[Path], extra: str) -> str:
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
