"""LibreOffice as the last resort: used where it is, asked for where it is not, held to its time."""

import os
import subprocess

import pytest

from pipeline.ingest.problems import Unreadable
from pipeline.ingest.word import soffice


@pytest.mark.skipif(os.name != "posix", reason="需要 sh")
def test_program_that_hangs_is_ended_with_all_that_it_began(monkeypatch, tmp_path):
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nsleep 61.73 &\nwait\n")
    script.chmod(0o755)
    monkeypatch.setattr(soffice, "program", lambda: str(script))
    monkeypatch.setattr(soffice, "SECONDS", 0.5)
    before = _sleepers()
    with pytest.raises(Unreadable) as raised:
        soffice.convert(b"x", "doc")
    assert raised.value.kind == "超时"
    assert _sleepers() <= before


def _sleepers() -> int:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.count("sleep 61.73")


@pytest.mark.skipif(os.name != "posix", reason="需要 sh")
def test_file_that_it_cannot_read_is_damage(monkeypatch, tmp_path):
    script = tmp_path / "soffice"
    script.write_text("#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr(soffice, "program", lambda: str(script))
    with pytest.raises(Unreadable) as raised:
        soffice.convert(b"x", "doc")
    assert raised.value.kind == "文件损坏"
