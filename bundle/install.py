"""Install from the bundle alone: check every file, make the environment, try it. Runs on the target with its own Python.

Kept to what Python 3.6 can read, so that an old Python is told what is wanted and not a syntax error.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent
BUNDLE = PROGRAM.parent
WINDOWS = os.name == "nt"
# What no run needs: the packages' own tests, what their binaries were made from, and jieba's pickles, which only Jython reads.
SPARE_FOLDERS = {"tests", "lac_small"}  # jieba.lac_small: a model for Paddle, which nothing here uses
SPARE_ENDINGS = {".pyx", ".pxd", ".c", ".cpp", ".h", ".hpp", ".pyi", ".p"}


class Failed(Exception):
    """What went wrong and what to do, in Chinese."""


def home() -> Path:
    """Where the program is installed: a folder of this user, no administrator needed."""
    if os.environ.get("SHIXIN_HOME"):
        return Path(os.environ["SHIXIN_HOME"])
    base = os.environ.get("LOCALAPPDATA" if WINDOWS else "XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "shixin"


def python_of(environment: Path) -> Path:
    """The interpreter of an environment."""
    return environment / "Scripts" / "python.exe" if WINDOWS else environment / "bin" / "python"


def check_python() -> None:
    """The wheels are for one version of Python, and for 64 bits."""
    wanted = (PROGRAM / "python-version").read_text(encoding="ascii").strip()
    have = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if have != wanted:
        raise Failed(
            f"本安装包要用 Python {wanted}，本机运行的是 Python {have}（{sys.executable}）。"
            f"请先安装 Python {wanted}，或向提供者索取自带 Python 的安装包。"
        )
    if sys.maxsize < 2**32:
        raise Failed(f"本机的 Python 是 32 位的，需要 64 位的 Python {wanted}。")


def check_sums() -> int:
    """How many files there are: every one as it was gathered, and none missing."""
    lines = (PROGRAM / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = [line.split("  ", 1) for line in lines]
    wrong = [name for wanted, name in sums if sum_of(BUNDLE / name) != wanted]
    if wrong:
        raise Failed(f"安装包不完整或已改动：{wrong[0]} 等 {len(wrong)} 个文件。请重新拷贝整个安装包。")
    return len(sums)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file; empty where it can't be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


def base_python(folder: Path) -> Path:
    """The Python to build on: the one in the bundle, copied so that the stick may go, else the one that runs this."""
    brought = PROGRAM / "python"
    if not brought.is_dir():
        return Path(sys.executable)
    kept = folder / "python"
    if not kept.is_dir():
        shutil.copytree(str(brought), str(kept), symlinks=True)
    return kept / Path(sys.executable).relative_to(brought)


def install(folder: Path) -> None:
    """A new environment; the one before stands aside until this one runs, and comes back where it does not."""
    environment, before = folder / "env", folder / "env.before"
    folder.mkdir(parents=True, exist_ok=True)
    if before.is_dir():  # an installation that was cut short
        shutil.rmtree(str(environment), ignore_errors=True)
        before.rename(environment)
    if environment.is_dir():
        keep_taught_model(folder, environment)
        environment.rename(before)
    try:
        build(folder, environment)
    except (Failed, OSError, subprocess.SubprocessError):
        shutil.rmtree(str(environment), ignore_errors=True)
        if before.is_dir():
            before.rename(environment)
        raise
    shutil.rmtree(str(before), ignore_errors=True)


def build(folder: Path, environment: Path) -> None:
    """The environment, from the wheels of the bundle and from nothing else; tried before it counts.

    Recognition may ask for a newer system than all the rest; then the rest is installed, and that is said."""
    run(base_python(folder), "-m", "venv", "--without-pip", environment)
    python, wheels = python_of(environment), PROGRAM / "wheels"
    (pip,) = wheels.glob("pip-*.whl")
    offline = ("--quiet", "--no-index", "--no-deps", "--no-compile", "--disable-pip-version-check", "--find-links", wheels)
    run(python, pip / "pip", "install", *offline, "--requirement", PROGRAM / "requirements.txt")
    try:
        run(python, pip / "pip", "install", *offline, "--requirement", PROGRAM / "requirements-ocr.txt")
    except Failed:
        print("      本机系统较旧，装不上文字识别组件：图片和扫描件会逐个列入问题清单，其余照常筛查。")
    slim(packages(python))
    shutil.copy(str(PROGRAM / "start.py"), str(folder))
    print("[3/4] 试运行……")
    print(run(python, "-m", "pipeline", "--version"))


def packages(python: Path) -> Path:
    """Where an environment keeps its packages."""
    return Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))


def is_spare(path: Path) -> bool:
    """Whether a file, by its path below the packages, is left out."""
    return bool(SPARE_FOLDERS.intersection(path.parts[:-1])) or path.suffix in SPARE_ENDINGS


def slim(folder: Path) -> None:
    """Leave out what no run needs."""
    for path in list(folder.rglob("*")):
        if is_spare(path.relative_to(folder)) and path.is_file():
            path.unlink()


def keep_taught_model(folder: Path, environment: Path) -> None:
    """A model that was taught here is not thrown away with the program that used it."""
    taught = list(environment.glob("**/shipped_files/models/versions"))
    if taught:
        kept = folder / "models.before"
        shutil.rmtree(str(kept), ignore_errors=True)
        shutil.copytree(str(taught[0].parent), str(kept))
        print(f"      本机重新训练过的模型另存于 {kept}；新版要沿用其中的人工决定，请再次训练（train --from 输出目录）")


def run(*command: object) -> str:
    """What a step says; it goes to the screen where the step fails. Run from a folder in which Python finds nothing of ours."""
    environment = dict(os.environ, PYTHONIOENCODING="utf-8", PYTHONUTF8="1")
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=str(PROGRAM)
    )
    said = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode:
        print(said)
        raise Failed("有一步没有成功（见上面的信息）；原来装好的程序没有改动，可再次运行安装。")
    return said


def main() -> int:
    """Install; 0 where the program runs."""
    folder = home()
    try:
        print(f"失信约束文件筛查 离线安装（{platform.system()} {platform.machine()}）")
        check_python()
        print("[1/4] 核对安装包……", flush=True)
        print(f"      {check_sums()} 个文件完整")
        print(f"[2/4] 安装到 {folder}（约需一至三分钟，请勿关闭窗口）……", flush=True)
        install(folder)
        starter = "扫描.bat" if WINDOWS else "扫描.sh"
        print(f"[4/4] 完成。现在把要筛查的文件夹拖到“{starter}”上即可。")
    except Failed as failed:
        print(f"没有安装：{failed}")
        return 2
    except (OSError, subprocess.SubprocessError) as error:
        print(f"没有安装：{error}。请检查磁盘空间和权限后再次运行。")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
