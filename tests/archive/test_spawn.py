"""Workers that are spawned, as Windows starts them, and not forked."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.e2e.conftest import MEASURES


def test_a_scan_with_spawned_workers_gives_what_forked_ones_give(tmp_path: Path) -> None:
    """Windows starts its workers so: each imports everything anew, and whatever passes to it must pass through a pipe."""
    archive = tmp_path / "档案"
    archive.mkdir()
    (archive / "办法.txt").write_text(MEASURES, encoding="gb18030")
    (archive / "坏.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    with zipfile.ZipFile(archive / "附件.zip", "w") as packed:
        packed.writestr("通知.txt", "关于放假的通知\n各科室：\n五月一日至三日放假。\n")
    program = (
        "import sys, pipeline.start_method\n"
        "pipeline.start_method.START_METHOD = sys.argv[3]\n"
        "import pipeline\n"
        "if __name__ == '__main__':\n"
        "    result = pipeline.scan(sys.argv[1], sys.argv[2], workers=2, as_of='2021-01-25')\n"
        "    print(result.found, result.screened, result.problems, result.flagged)\n"
    )
    (tmp_path / "run.py").write_text(program, encoding="utf-8")
    said: list[str] = []
    for method in ("fork", "spawn"):
        command = [sys.executable, str(tmp_path / "run.py"), str(archive), str(tmp_path / method), method]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=900)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)
    assert said == ["3 2 1 1\n"] * 2
    assert (tmp_path / "fork" / "ledger.xlsx").read_bytes() == (tmp_path / "spawn" / "ledger.xlsx").read_bytes()
