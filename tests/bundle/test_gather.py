"""The bundle holds everything that its platform needs, of the locked versions, and its starters are what the systems read."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from bundle import gather
from bundle.gather import TARGETS, download, write_sums

STARTERS = Path(gather.__file__).parent / "starters"


def wheel(folder: Path, name: str, version: str, *requires: str) -> None:
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as archive:
        lines = "".join(f"Requires-Dist: {line}\n" for line in requires)
        archive.writestr(
            f"{name}-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{lines}"
        )


REGISTRY = {
    "pip": (),
    "reader": ('paint; sys_platform == "win32"', 'unpacker; platform_machine == "x86_64" or platform_machine == "AMD64"'),
    "paint": (),
    "unpacker": (),
    "seer": ("reader",),
    "never": (),
}


@pytest.fixture
def gathered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What is fetched for a platform where our own wheel asks for these packages."""

    def fetch(names, pinned, wheels, target, python):
        if unknown := sorted(names - pinned.keys()):
            raise RuntimeError(f"not pinned: {unknown}")
        for name in names:
            wheel(wheels, name, pinned[name], *REGISTRY[name])

    monkeypatch.setattr(gather, "_fetch", fetch)
    monkeypatch.setattr(gather, "_pins", lambda target, python: dict.fromkeys(REGISTRY, "1.0"))
    wheel(tmp_path, "shixin", "1.0", "reader", 'never; python_version < "3"', 'seer; extra == "ocr"')

    def run(platform: str, wanted: str) -> set[str]:
        download(wanted, tmp_path, TARGETS[platform], "3.11")
        return {path.name.split("-")[0] for path in tmp_path.glob("*.whl")} - {"shixin", "pip"}

    return run


@pytest.mark.parametrize(
    ("platform", "names"),
    [
        ("windows", {"reader", "paint", "unpacker"}),
        ("linux-x86_64", {"reader", "unpacker"}),
        ("linux-aarch64", {"reader"}),
    ],
)
def test_conditions_are_judged_for_the_target_and_not_for_this_machine(gathered, platform, names):
    assert gathered(platform, "shixin[train]") == names
    assert gathered(platform, "shixin[ocr]") == names | {"seer"}


def test_a_package_that_the_lock_does_not_pin_ends_the_work(gathered, monkeypatch):
    monkeypatch.setattr(gather, "_pins", lambda target, python: {"pip": "1.0", "reader": "1.0"})
    with pytest.raises(RuntimeError, match="paint"):
        gathered("windows", "shixin[train]")


def test_the_lock_pins_one_version_of_each_package_for_each_platform():
    for target in TARGETS.values():
        pins = gather._pins(target, "3.11")
        assert {"numpy", "spacy", "pip", "jieba", "pandas"} <= pins.keys()
        assert all(re.fullmatch(r"[0-9][0-9a-z.+]*", version) for version in pins.values())
    assert "colorama" in gather._pins(TARGETS["windows"], "3.11")
    assert "extractcode-libarchive" not in gather._pins(TARGETS["linux-aarch64"], "3.11")
    lines = (gather.ROOT / "requirements.lock").read_text(encoding="ascii").splitlines()
    names = [canonicalize_name(re.split(r"[=;]", line)[0]) for line in lines]
    assert len(set(names)) == len(names)
    assert not any("//" in line or "--" in line for line in lines)  # names and versions only, nobody's index


@pytest.mark.parametrize("name", ["安装.bat", "扫描.bat"])
def test_a_batch_file_is_what_cmd_reads(name):
    raw = (STARTERS / name).read_bytes()
    assert raw.count(b"\r\n") == raw.count(b"\n") > 0
    assert not raw.startswith(b"\xef\xbb\xbf")  # cmd would take the mark for a part of the first command
    lines = raw.decode("utf-8").split("\r\n")
    chinese = [number for number, line in enumerate(lines) if not line.isascii()]
    assert lines.index("chcp 65001 >nul") < chinese[0]
    assert all(lines[number].startswith("echo ") for number in chinese)  # whatever the code page, no path depends on it
    labels = {line[1:] for line in lines if line.startswith(":")}
    assert {word for line in lines for word in re.findall(r"goto (\w+)", line)} <= labels
    assert not any("(" in line or ")" in line for line in lines)  # no blocks: a path with brackets would end one
    assert all(line.count('"') % 2 == 0 for line in lines)


@pytest.mark.parametrize("name", ["安装.sh", "扫描.sh"])
def test_a_shell_starter_is_plain_posix(name):
    raw = (STARTERS / name).read_bytes()
    assert raw.startswith(b"#!/bin/sh\n") and b"\r" not in raw and b"[[" not in raw


def test_sums_cover_every_file_but_themselves(tmp_path):
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "甲.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "说明.html").write_text("乙", encoding="utf-8")
    write_sums(tmp_path)
    lines = (tmp_path / "program" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert [line.split("  ")[1] for line in lines] == ["program/甲.txt", "说明.html"]
