"""Gather the bundle for one platform: ``python -m bundle.gather windows|linux-x86_64|linux-aarch64 OUT``.

Every package comes as a wheel of the version in requirements.lock. What a package requires is read from the wheel itself
and judged for the target (pip judges conditions for the machine it runs on), and a name that the lock does not pin ends
the work: nothing may be missing on a machine that can fetch nothing.
"""

from __future__ import annotations

import argparse
import email
import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
PYTHON = "3.11"
SUMS = "SHA256SUMS"
# Published as source only; made into a wheel here, which must suit every platform.
_SOURCE_ONLY = frozenset({"jieba"})
# Desktop systems in offices (银河麒麟 V10, UOS 20) have glibc 2.28: nothing newer may be asked of them.
_GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")
_OLD_NAMES = ("manylinux2014", "manylinux2010", "manylinux1")


@dataclass(frozen=True)
class Target:
    """A platform: the tags of the wheels that it takes, best first, what its Python says of itself, its starters, and the tags
    that recognition alone may ask for: on an older system the installer leaves recognition out and says so."""

    tags: tuple[str, ...]
    environment: dict[str, str]
    starters: tuple[str, ...]
    tags_of_ocr: tuple[str, ...] = ()


def _linux(machine: str, *tags_of_ocr: str) -> Target:
    tags = (*(f"manylinux_{version}_{machine}" for version in _GLIBC), *(f"{name}_{machine}" for name in _OLD_NAMES))
    said = {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux", "platform_machine": machine}
    return Target(tags, said, ("安装.sh", "扫描.sh"), tags_of_ocr)


TARGETS = {
    "windows": Target(
        ("win_amd64",),
        {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
        ("安装.bat", "扫描.bat"),
    ),
    "linux-x86_64": _linux("x86_64"),
    "linux-aarch64": _linux("aarch64", "manylinux_2_35_aarch64"),
}


def gather(platform: str, out: Path, *, python: str = PYTHON, runtime: Path | None = None) -> Path:
    """Write the bundle's folder below ``out``. ``runtime`` is a folder with a whole Python of that version and platform, for
    machines that have none. Raises RuntimeError where a package is not pinned or has no wheel for the platform."""
    target = TARGETS[platform]
    with_ours = out / "wheel"
    shutil.rmtree(with_ours, ignore_errors=True)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", with_ours, ROOT)
    (ours,) = with_ours.glob("shixin-*.whl")
    folder = out / f"失信筛查-{parse_wheel_filename(ours.name)[1].public}-{platform}"
    shutil.rmtree(folder, ignore_errors=True)
    program = folder / "program"
    wheels = program / "wheels"
    wheels.mkdir(parents=True)
    shutil.move(ours, wheels)
    shutil.rmtree(with_ours)
    download("shixin[train]", wheels, target, python)
    without_ocr = _present(wheels)
    download("shixin[ocr]", wheels, replace(target, tags=target.tags + target.tags_of_ocr), python)
    _write_requirements(wheels, without_ocr - {"pip"}, program / "requirements.txt")
    _write_requirements(wheels, _present(wheels) - without_ocr, program / "requirements-ocr.txt")
    for name in ("install.py", "start.py"):
        shutil.copy(HERE / name, program)
    (program / "python-version").write_text(python + "\n", encoding="ascii")
    for name in target.starters:
        shutil.copy(HERE / "starters" / name, folder)
        (folder / name).chmod(0o755)
    shutil.copytree(HERE / "guide", folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "data" / "raw", folder / "示例档案")
    if runtime is not None:
        shutil.copytree(runtime, program / "python", symlinks=True)
    write_sums(folder)
    return folder


def download(wanted: str, wheels: Path, target: Target, python: str) -> None:
    """Every wheel that our own, in ``wheels``, needs on the target, wave by wave; and pip, which installs them there."""
    pinned = _pins(target, python)
    waiting = {Requirement("pip"), Requirement(wanted)}
    gone_through: set[tuple[str, str]] = set()
    while waiting:
        _fetch({canonicalize_name(each.name) for each in waiting} - _present(wheels), pinned, wheels, target, python)
        here = {parse_wheel_filename(path.name)[0]: path for path in wheels.glob("*.whl")}
        found: set[Requirement] = set()
        for requirement in waiting:
            name = canonicalize_name(requirement.name)
            for extra in {"", *requirement.extras} - {known for other, known in gone_through if other == name}:
                gone_through.add((name, extra))
                found.update(_required(here[name], extra, _environment(target, python)))
        waiting = found


def _fetch(names: set[str], pinned: dict[str, str], wheels: Path, target: Target, python: str) -> None:
    """The wheels of these packages as pinned."""
    if unknown := sorted(names - pinned.keys()):
        raise RuntimeError(f"requirements.lock 没有锁定：{'、'.join(unknown)}")
    binary = [f"{name}=={pinned[name]}" for name in sorted(names - _SOURCE_ONLY)]
    if binary:
        tags = [part for tag in target.tags for part in ("--platform", tag)]
        fixed = ["--only-binary=:all:", "--implementation", "cp", "--python-version", python, *tags]
        _pip("download", "--no-deps", "--dest", wheels, *fixed, *binary)
    for name in sorted(names & _SOURCE_ONLY):
        _pip("wheel", "--no-deps", "--wheel-dir", wheels, f"{name}=={pinned[name]}")
    for path in wheels.glob("*.whl"):
        name, _, _, tags = parse_wheel_filename(path.name)
        if name in _SOURCE_ONLY and {tag.platform for tag in tags} != {"any"}:
            raise RuntimeError(f"{path.name} 只能用于本机，不能放进安装包")


def _required(wheel: Path, extra: str, environment: dict[str, str]) -> Iterable[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.count("/") == 1 and name.endswith(".dist-info/METADATA"))
        lines = email.message_from_bytes(archive.read(metadata)).get_all("Requires-Dist") or []
    for line in lines:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment | {"extra": extra}):
            yield requirement


def _pins(target: Target, python: str) -> dict[str, str]:
    """The versions in the lock that hold on the target."""
    pins = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="ascii").split("\n"):
        if line:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(_environment(target, python)):
                pins[canonicalize_name(requirement.name)] = next(iter(requirement.specifier)).version
    return pins


def _environment(target: Target, python: str) -> dict[str, str]:
    said = {"python_version": python, "python_full_version": f"{python}.0", "implementation_name": "cpython"}
    return said | {"platform_python_implementation": "CPython"} | target.environment


def _present(wheels: Path) -> set[str]:
    return {parse_wheel_filename(path.name)[0] for path in wheels.glob("*.whl")}


def _write_requirements(wheels: Path, names: set[str], path: Path) -> None:
    listed = sorted(parse_wheel_filename(wheel.name)[:2] for wheel in wheels.glob("*.whl"))
    path.write_text("".join(f"{name}=={version}\n" for name, version in listed if name in names), encoding="ascii")


def write_sums(folder: Path) -> None:
    """SHA-256 of every file, as ``sha256sum --check`` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(folder).as_posix()}\n")
    (folder / "program" / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _pip(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)], check=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description="收集一个平台的离线安装包")
    arguments.add_argument("platform", choices=TARGETS)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--python-version", default=PYTHON, help="目标机器上 Python 的版本")
    arguments.add_argument("--runtime", type=Path, help="一并带上的 Python：目标平台上可直接运行的整个目录")
    options = arguments.parse_args()
    folder = gather(options.platform, options.out, python=options.python_version, runtime=options.runtime)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}（{size / 2**20:.0f} MB）")


if __name__ == "__main__":
    main()
