"""LibreOffice as the reader of last resort: Word 6/95 and other files that nothing from pip reads well.

Used when it is installed, found by itself; otherwise the file becomes a problem that names the remedy. Each call has a
profile, a folder and a time limit of its own; the profile forbids macros and content from outside the file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.readers import Reading, reader_for

SECONDS = 120
_NAMES = ("soffice", "libreoffice", "soffice.exe")
_PLACES = (
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice*/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
    "C:/Program Files (x86)/LibreOffice/program",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">
<value>true</value></prop></item>
</oor:items>
"""


@cache
def program() -> str:
    """The path of LibreOffice's program; empty where it is not installed."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    for place in map(Path, _PLACES):
        for folder in Path(place.anchor).glob(str(place.relative_to(place.anchor))):
            for name in _NAMES:
                if (folder / name).is_file():
                    return str(folder / name)
    return ""


def convert(data: bytes, ending: str) -> Reading:
    """The reading of a file that LibreOffice saves as DOCX; ``ending`` (without dot) tells it what it gets.

    Raises Unreadable: 需要 LibreOffice where it is missing, 文件损坏 where it gives nothing, 超时.
    """
    docx = reader_for("docx")
    assert docx is not None
    with tempfile.TemporaryDirectory(prefix="shixin-") as folder:
        reading = docx(converted(data, Path(folder), ending, "docx:MS Word 2007 XML"))
    reading.notes.append("经 LibreOffice 转换后读取")
    return reading


def converted(data: bytes, folder: Path, ending: str, to: str) -> bytes:
    """The bytes of a file that LibreOffice saves as ``to`` (ending:filter), working in ``folder``. Raises Unreadable."""
    if not program():
        raise Unreadable("需要 LibreOffice", "旧版 Word（6.0/95）、Word XML 或其他需要转换的格式")
    source = folder / f"in.{ending}"
    source.write_bytes(data)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    command = [
        program(),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        to,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=os.name == "posix")
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("超时", "LibreOffice 转换超时") from error
    finally:
        _end(process)
    result = folder / "out" / f"in.{to.partition(':')[0]}"
    if not result.is_file():
        raise Unreadable("文件损坏", "LibreOffice 也打不开")
    return result.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and what it started: soffice is a script whose child does the work."""
    if process.poll() is None:
        if os.name == "posix":
            os.killpg(process.pid, 9)
        else:
            process.kill()
        process.wait()
