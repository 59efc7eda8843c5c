"""The wheel, built once a session and installed into an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.shipped import ROOT


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel and, read-only, the packages of this one; ``run`` works in a folder of its own."""

    wheel: Path
    bin: Path

    def run(self, *command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment
        program, *arguments = map(str, command)
        return subprocess.run(
            [self.bin / program, *arguments], capture_output=True, text=True, encoding="utf-8", timeout=900, cwd=cwd, env=clean
        )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """shixin-*.whl of the work tree as it is; the build asks no network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT]
    subprocess.run([sys.executable, "-m", "pip", *map(str, build)], check=True, timeout=300, stdin=subprocess.DEVNULL)
    (built,) = folder.glob("shixin-*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=300)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(list(map(str, install)), check=True, timeout=300, stdin=subprocess.DEVNULL)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    ours = [path for path in sys.path if path.endswith("site-packages")]
    # a folder named in a .pth is searched after the wheel, and its own .pth files (our editable install) are not run
    (packages / "zz_packages.pth").write_text("\n".join(ours) + "\n", encoding="utf-8")
    return Installed(wheel, programs)
