"""The core installation: small, and whole without the optional parts; what is missing is told, file by file."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from bundle.install import is_spare
from pipeline.shipped import ROOT
from tests.installed.closure import closure, files, link
from tests.installed.conftest import Installed

MOST_MIB = 400
OPTIONAL = ("cv2", "openvino", "rapidocr", "scipy", "sklearn", "skops", "ipywidgets", "matplotlib")


@pytest.fixture(scope="session")
def core(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """An environment with the wheel and what it requires, and nothing else."""
    folder = tmp_path_factory.mktemp("core")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=300)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    link(closure().values(), packages)
    install = ["install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(packages), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, timeout=300, stdin=subprocess.DEVNULL)
    return Installed(wheel, programs)


def test_the_core_installation_is_small() -> None:
    """As the bundle installs it: without bytecode made in advance, and without what `is_spare` names."""
    ours = [
        path for folder in ("pipeline", "models", "data/annotated") for path in (ROOT / folder).rglob("*") if path.is_file()
    ]
    ours = [path for path in ours if "versions" not in path.relative_to(ROOT).parts[:2]]  # models/versions: this machine's own
    installed = [path for path in [*files(closure().values()), *ours] if path.suffix != ".pyc"]
    sizes = [
        sum(path.stat().st_size for path in some) / 2**20 for some in (installed, [p for p in installed if not is_spare(p)])
    ]
    print(f"core installation: {sizes[0]:.0f} MiB from wheels, {sizes[1]:.0f} MiB from the bundle")
    assert 50 < sizes[1] <= MOST_MIB


def test_no_optional_package_is_in_the_core(core: Installed, tmp_path: Path) -> None:
    found = f"import importlib.util as u; print([n for n in {OPTIONAL} if u.find_spec(n)])"
    assert core.run("python", "-c", found, cwd=tmp_path).stdout.strip() == "[]"


def test_a_scan_without_recognition_judges_texts_and_names_every_picture(core: Installed, tmp_path: Path) -> None:
    archive = tmp_path / "档案"
    archive.mkdir()
    for name in ("2016年/欠薪失信单位管理实施细则.docx", "2012年/关于做好今冬明春农村危房改造工作的通知（扫描）.png"):
        shutil.copy(ROOT / "data" / "raw" / name, archive)
    done = core.run("python", "-m", "pipeline", "scan", archive, "--out", "结果", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    with (tmp_path / "结果" / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.reader(file) if any(cell.endswith(".png") for cell in row)]
    assert "需要文字识别" in row
    assert any("安装" in cell and "重新扫描" in cell for cell in row)
    assert "发现 2 = 已筛查 1 + 重复 0 + 问题 1" in done.stdout
    reviewed = core.run("python", "-m", "pipeline", "review", "结果", "--offline", cwd=tmp_path)
    assert reviewed.returncode == 0, reviewed.stderr
    assert (tmp_path / "结果" / "复核.html").is_file()


def test_a_command_says_which_part_is_missing(core: Installed, tmp_path: Path) -> None:
    done = core.run("python", "-m", "pipeline", "train", "--list", cwd=tmp_path)
    assert done.returncode == 2
    assert "shixin[train]" in done.stderr and "没有改动任何文件" in done.stderr
    assert "Traceback" not in done.stderr
