"""Versions of the model (模型版本): what training replaces is kept, and can be put back.

A model is a handful of files, which no file system swaps at once. They are gathered in ``.incoming.part``, which is then
renamed to ``.incoming`` (from there on the new model counts) and emptied into the folder, file by file. Whoever loads a
model first finishes a move that was interrupted, so that a crash at any moment leaves one whole model.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.classify.model import FILES, INCOMING, METRICS_FILE, SETTINGS_FILE, Settings, finish_move, load_model
from pipeline.errors import Refusal
from pipeline.shipped import MODELS

VERSIONS = "versions"
_PART = ".part"
_SAFE = re.compile(r"[0-9a-zA-Z]+")


class VersionError(Refusal):
    """A model that can't be put in place; the message, in Chinese, says why and what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the model: when it was trained, its figures by name, and whether it is the one in use."""

    version: str
    trained: str
    figures: dict[str, float]
    in_use: bool


def require_writable(folder: Path = MODELS) -> None:
    """Raise VersionError where the model's folder can't be written to, before hours of work are spent."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise VersionError(
            f"模型目录 {folder} 不能写入，无法更换模型；请以有写入权限的用户运行，或检查该目录的权限。"
        ) from error


def put_in_place(new: Path, folder: Path = MODELS) -> None:
    """Make the model in the folder ``new`` the one in use; the one it replaces goes to ``versions/``. Raises VersionError."""
    require_writable(folder)
    finish_move(folder)
    _keep(folder)
    part = folder / (INCOMING + _PART)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name in FILES:
        if (new / name).is_file():
            shutil.copyfile(new / name, part / name)
    part.replace(folder / INCOMING)
    finish_move(folder)
    load_model.cache_clear()


def rollback(version: str, folder: Path = MODELS) -> Version:
    """Put a kept version back in place. Raises VersionError where there is no such version."""
    kept = folder / VERSIONS / version
    if not _SAFE.fullmatch(version) or not (kept / SETTINGS_FILE).is_file():
        known = "、".join(each.version for each in list_versions(folder) if not each.in_use) or "无"
        raise VersionError(f"没有保存过版本“{version}”的模型。可以恢复的版本：{known}。")
    try:
        load_model(kept)
    except Exception as error:  # whatever comes of files of another time
        raise VersionError(f"版本“{version}”与现在的程序不相容，或文件已损坏，不能恢复；现有模型未改动。") from error
    put_in_place(kept, folder)
    return _version(folder, in_use=True)


def list_versions(folder: Path = MODELS) -> list[Version]:
    """The version in use, then the kept ones, newest first."""
    finish_move(folder)
    current = [_version(folder, in_use=True)] if (folder / SETTINGS_FILE).is_file() else []
    folders = [path.parent for path in (folder / VERSIONS).glob(f"*/{SETTINGS_FILE}") if path.parent.suffix != _PART]
    kept = [_version(path, in_use=False) for path in folders]
    others = [each for each in kept if each.version not in {known.version for known in current}]
    return current + sorted(others, key=lambda each: (each.trained, each.version), reverse=True)


def read_metrics(folder: Path = MODELS) -> dict[str, Any]:
    """What the training run measured (see `TrainingReport`); empty where the model has no such file."""
    try:
        return json.loads((folder / METRICS_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def _keep(folder: Path) -> None:
    """Copy the model in use to its version's folder; a copy that was cut short is never taken for a version."""
    if not (folder / SETTINGS_FILE).is_file():
        return
    target = folder / VERSIONS / _version(folder, in_use=True).version
    if target.is_dir():
        return
    part = target.with_name(target.name + _PART)
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in FILES:
        if (folder / name).is_file():
            shutil.copyfile(folder / name, part / name)
    part.replace(target)


def _version(folder: Path, *, in_use: bool) -> Version:
    settings = msgspec.json.decode((folder / SETTINGS_FILE).read_bytes(), type=Settings)
    metrics = read_metrics(folder)
    figures: dict[str, float] = {name: metrics[name] for name in ("recall", "false_rate", "macro_f1") if name in metrics}
    return Version(settings.version, metrics.get("trained", ""), figures, in_use)
