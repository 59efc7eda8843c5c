"""What people decide (人工决定): random edits, kills, tamperings, two people. `python -m benchmarks.decisions [PART]`.

Everything is invented. A ledger is filled in, edited in one of the ways in which people edit, handed back, and compared with
what a person sees in it, read without the product's code.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from pipeline.archive import confirm, rewrite_outputs, seal_out, verify
from pipeline.archive.people.records import open_journal
from tests.archive import clerks
from tests.archive.filled import COLUMNS, EDITS, WORDS, fill, firsts, has_soffice, scanned
from tests.archive.tampering import SOURCES, TAMPERINGS, sealed_archive
from tests.archive.trials import Trial, decisions, trial

EDITED, KILLED, ROWS = 500, 100, 200


def edits(folder: Path) -> None:
    """500 random edits of a filled ledger: is anything lost, altered or misplaced in silence?"""
    scan = scanned(folder / "scan")
    kinds = [kind for kind in EDITS if kind not in clerks.BY_LIBREOFFICE or has_soffice()]
    trials: list[Trial] = []
    for number in range(EDITED):
        trials.append(trial(scan, folder / "trial", kinds[number % len(kinds)], number))
        if trials[-1].silent:
            print(f" 悄悄出错：{trials[-1].kind} {number}: {trials[-1].silent}", flush=True)
        if not (number + 1) % 50:
            print(f" {number + 1} 次，悄悄出错 {sum(bool(each.silent) for each in trials)}", flush=True)
    refused = Counter(each.kind for each in trials if each.refused)
    saved = sum(each.kind in clerks.BY_LIBREOFFICE for each in trials)
    print(
        f"改动 {len(trials)} 次，{len(kinds)} 种（其中经 LibreOffice 另存 {saved} 次）："
        f"悄悄出错 {sum(bool(each.silent) for each in trials)}，拒绝 {sum(refused.values())}"
    )
    print(f" 拒绝的种类: {dict(refused)}")


_KILLED = {
    "confirm": "from pipeline.archive import confirm, rewrite_outputs; confirm({out!r}, {file!r}); rewrite_outputs({out!r})",
    "seal": "from pipeline.archive import seal_out; seal_out({out!r}, without_audit='甲')",
    "ledger": "from pipeline.archive import rewrite_outputs; rewrite_outputs({out!r})",
}


def kills(folder: Path) -> None:
    """100 kills during confirm, seal and ledger: is the journal whole, and does the same command then end its work?"""
    draw = random.Random(12)
    scan = scanned(folder / "scan", extra=60)
    handed = fill(scan / "ledger.xlsx", folder / "交回.xlsx", draw)
    ready = Path(shutil.copytree(scan, folder / "ready"))
    confirm(ready, handed)
    rewrite_outputs(ready)
    outcomes: Counter[str] = Counter()
    length = {name: _seconds(folder, name, ready if name != "confirm" else scan, handed) for name in _KILLED}
    for number in range(KILLED):
        name = list(_KILLED)[number % 3]
        out = Path(shutil.copytree(ready if name != "confirm" else scan, folder / "out"))
        process = _started(name, out, handed)
        started = time.monotonic()
        process.stdout.readline()  # type: ignore[union-attr]  # imports are done
        time.sleep(draw.random() * length[name])
        process.kill()
        process.wait()
        outcomes[_after(name, out, handed, time.monotonic() - started)] += 1
        shutil.rmtree(out)
    print(f"中断 {KILLED} 次：{dict(outcomes)}")


def _started(name: str, out: Path, handed: Path) -> subprocess.Popen:
    code = "import pipeline.archive; print('ready', flush=True); " + _KILLED[name].format(out=str(out), file=str(handed))
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _seconds(folder: Path, name: str, scan: Path, handed: Path) -> float:
    out = Path(shutil.copytree(scan, folder / "timed"))
    process = _started(name, out, handed)
    process.stdout.readline()  # type: ignore[union-attr]
    began = time.monotonic()
    process.wait()
    shutil.rmtree(out)
    return time.monotonic() - began


def _after(name: str, out: Path, handed: Path, _: float) -> str:
    """Whether the journal is whole: the reading is there, all of it, or not at all; and the work can be ended."""
    with open_journal(out) as journal:
        if journal.broken_at():
            return "链条断裂"
    whole = len([word for word in _words(handed) if word])
    if (kept := len(decisions(out))) not in ((0, whole) if name == "confirm" else (whole,)):
        return f"只留下 {kept}/{whole} 个决定"
    for book in out.rglob("*.xlsx"):
        if not book.name.startswith("."):
            load_workbook(book).close()
    if name == "confirm":
        confirm(out, handed)
        rewrite_outputs(out)
    elif name == "ledger":
        rewrite_outputs(out)
    elif not (out / "封存" / "封存清单.json").exists():
        seal_out(out, without_audit="甲")
    if name == "seal" and (changed := verify(out).changed):
        return f"封存后核验不符：{changed[0]}"
    return "完整，再次运行即完成" if len(decisions(out)) == whole else "再次运行后不全"


def _words(ledger: Path) -> list[str]:
    sheet = load_workbook(ledger)["台账"]
    return [str(sheet.cell(row, COLUMNS["decision"]).value or "") for row in firsts(sheet)]


def tamperings(folder: Path) -> None:
    """Ways to change what was sealed, the journal, the scan, the views and the archive: is each told?"""
    scan = scanned(folder / "scan")
    confirm(scan, fill(scan / "ledger.xlsx", folder / "交回.xlsx", random.Random(3)))
    rewrite_outputs(scan)
    sum_ = seal_out(scan, without_audit="甲").sum
    assert verify(scan, paper=sum_).whole
    told = []
    for name, tamper in TAMPERINGS.items():
        out = Path(shutil.copytree(scan, folder / "out"))
        tamper(out)
        told.append((name, not verify(out, paper=sum_).whole))
        shutil.rmtree(out)
    for number, (name, tamper) in enumerate(SOURCES.items()):
        archive, out, sum_ = sealed_archive(folder / f"档案{number}")
        assert verify(out, paper=sum_).whole
        tamper(archive)
        told.append((name, not verify(out, paper=sum_).whole))
    print(f"改动封存内容 {len(told)} 种，指出 {sum(said for _, said in told)} 种")
    for name, said in told:
        if not said:
            print(f" 没有指出：{name}")


def two_people(folder: Path) -> None:
    """Two people with 200 rows each, of one draft: are both halves kept, and is what both decided otherwise listed?"""
    scan = scanned(folder / "scan", extra=2 * ROWS - 11)
    copies = []
    for number in (0, 1):
        book = load_workbook(scan / "ledger.xlsx")
        sheet = book["台账"]
        starts = firsts(sheet)
        draw = random.Random(number)
        for row in starts[:ROWS] if number == 0 else starts[-ROWS:]:
            sheet.cell(row, COLUMNS["decision"]).value = draw.choice(WORDS)
        book.save(folder / f"{number}.xlsx")
        copies.append(folder / f"{number}.xlsx")
    told = [confirm(scan, copy) for copy in copies]
    print(f"两人各 {ROWS} 行：读入 {[each.decided for each in told]}，共记下 {len(decisions(scan))} 个文件的决定")
    first, book = load_workbook(copies[0])["台账"], load_workbook(copies[1])
    row = firsts(first)[0]
    book["台账"].cell(row, COLUMNS["decision"]).value = (
        "废止" if first.cell(row, COLUMNS["decision"]).value != "废止" else "保留"
    )
    book.save(folder / "冲突.xlsx")
    try:
        confirm(scan, folder / "冲突.xlsx")
        print("同一格不同的决定：没有列出")
    except ValueError as error:
        print(f"同一格不同的决定：列出 {str(error).count('此处填')} 处，决定仍为 {len(decisions(scan))} 个")


PARTS: dict[str, Callable[[Path], None]] = {
    "edits": edits, "kills": kills, "tamperings": tamperings, "two": two_people,
}  # fmt: skip


def main() -> None:
    for name in sys.argv[1:] if __name__ == "__main__" and sys.argv[1:] else PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder))


if __name__ == "__main__":
    main()
