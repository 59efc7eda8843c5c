"""What an installation consists of: the packages that pyproject.toml and their own metadata ask for, on this machine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline.shipped import ROOT


def closure(extras: Iterable[str] = ()) -> dict[str, Distribution]:
    """Every package of the core installation, and of these extras, by its name. Raises where one is not installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(each) for each in project["dependencies"]]
    waiting += [Requirement(each) for extra in extras for each in project["optional-dependencies"][extra]]
    found: dict[str, Distribution] = {}
    gone_through: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        found[name] = distribution(name)
        for extra in {"", *wanted.extras}:
            if (name, extra) in gone_through:
                continue
            gone_through.add((name, extra))
            for line in found[name].requires or ():
                further = Requirement(line)
                if further.marker is None or further.marker.evaluate({"extra": extra}):
                    waiting.append(further)
    return found


def files(packages: Iterable[Distribution]) -> list[Path]:
    """Every installed file of these packages."""
    listed = (Path(str(file.locate())) for package in packages for file in package.files or ())
    return [path for path in listed if path.is_file()]


def link(packages: Iterable[Distribution], folder: Path) -> None:
    """These packages, and no others, as links in a folder that can stand on Python's path."""
    for package in packages:
        for file in package.files or ():
            if ".." in file.parts or "__pycache__" in file.parts:
                continue
            place = folder / file
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                place.symlink_to(Path(str(file.locate())))
