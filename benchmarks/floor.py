"""What a whole scan costs against bare extraction of the same files: ``python -m benchmarks.floor [--files 200]``.

Four archives of born-digital files. Half DOCX, half PDF as LibreOffice writes it: ordinary documents of three to five pages, one in
ten with measures, as archives hold them (`issued`); real documents in the same form, where there are some beside the repository; and
short ones dense with measures, seven documents' in 2,500 characters, which is the worst case. PDF alone: ordinary documents whose
font is the reader's, where extraction itself is slow. CPU seconds of all processes, after
imports; each reader in a process of its own. The floor is the fastest extraction there is: pypdfium2, and lxml on the ZIP. Rivals
read the ordinary archive, from .venv-rivals where there is one; one that gives no number says why.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from benchmarks.archives import Written, document
from benchmarks.documents import SHARED
from benchmarks.issued import build, exported, invented

_RIVALS = Path(__file__).resolve().parents[1] / ".venv-rivals" / "bin" / "python"
_JOINED = 7  # documents in a file
_AS_OF = "2026-01-01"


def dense(count: int) -> list[list[str]]:
    """The lines of ``count`` documents, each with several documents' clauses."""
    draw = random.Random(0)
    found = []
    for number in range(count):
        parts: list[Written] = [document(draw, "云州", 2019, "住建", number * _JOINED + each) for each in range(_JOINED)]
        first = parts[0].lines
        found.append([*first[:4], *(line for part in parts for line in part.lines[4:-2]), *first[-2:]])
    return found


def joined(count: int) -> list[list[str]]:
    """The lines of half as many files, each of three of our short ordinary documents."""
    found = invented(3 * (count // 2))
    return [list(chain.from_iterable(found[at : at + 3])) for at in range(0, len(found), 3)]


def real(count: int) -> list[list[str]]:
    """The lines of real documents beside the repository; none where there are none."""
    paths = sorted((SHARED / "corpus" / "docs").glob("*.txt"))[:count]
    return [path.read_text(encoding="utf-8").split("\n") for path in paths]


def bare(path: Path) -> str:
    if path.suffix == ".docx":
        from lxml import etree

        with zipfile.ZipFile(path) as package:
            return "".join(map(str, etree.fromstring(package.read("word/document.xml")).itertext()))
    import pypdfium2

    with pypdfium2.PdfDocument(path) as opened:
        return "".join(page.get_textpage().get_text_range() for page in opened)


def spent() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def ours(what: str, folder: Path) -> dict[str, float]:
    """One of our own measures, in this process."""
    from pipeline.archive.work import ReadTask, perform
    from pipeline.ingest import discover, read

    paths = sorted(folder.iterdir())
    if what in ("bare", "bare-pdf", "read", "read-pdf"):
        paths = [path for path in paths if path.suffix == ".pdf" or not what.endswith("-pdf")]
        extract = bare if what.startswith("bare") else lambda path: read(path).text
        extract(paths[0]), extract(paths[1])
        began, clock = spent(), time.perf_counter()
        characters = sum(len(extract(path)) for path in paths)
    elif what == "screen":
        sources = list(discover(folder))
        perform(ReadTask(sources[0], _AS_OF))
        began, clock = spent(), time.perf_counter()
        characters = 0
        for source in sources:
            outcome = perform(ReadTask(source, _AS_OF))
            characters += len(outcome.screening.document.text) if hasattr(outcome, "screening") and outcome.screening else 0
    else:
        import pipeline

        perform(ReadTask(next(iter(discover(folder))), _AS_OF))  # the model is loaded once, and workers are forked with it
        began, clock, characters = spent(), time.perf_counter(), 0
        with tempfile.TemporaryDirectory() as out:
            pipeline.scan(folder, out, workers=int(what[-1]), as_of=_AS_OF)
    return {"cpu": spent() - began, "seconds": time.perf_counter() - clock, "files": len(paths), "characters": characters}


_OURS = {
    "bare": "裸提取（pypdfium2；zip＋lxml）",
    "read": "本程序只读取",
    "screen": "本程序读取并判断",
    "scan1": "本程序整个扫描，1 个工作进程",
    "scan2": "本程序整个扫描，2 个工作进程",
    "bare-pdf": "裸提取，只 PDF",
    "read-pdf": "本程序只读取，只 PDF",
}
_THEIRS = ("pdfplumber", "kreuzberg", "markitdown", "docling")


def measured(command: list[str]) -> dict:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return (
        json.loads(done.stdout.splitlines()[-1])
        if done.stdout
        else {"error": (done.stderr.splitlines() or ["没有输出"])[-1][:160]}
    )


def of_archive(
    title: str,
    documents: list[list[str]],
    *,
    rivals: bool,
    made: Callable[[Path, list[list[str]]], None] = build,
) -> None:
    """The table of one archive."""
    with tempfile.TemporaryDirectory() as scratch:
        made(Path(scratch), documents)
        found = {
            name: measured([sys.executable, "-m", "benchmarks.floor", "--one", what, scratch]) for what, name in _OURS.items()
        }
        for tool in _THEIRS if rivals else ():
            name = f"{tool}（只 PDF）" if tool == "pdfplumber" else tool
            there = _RIVALS.exists()
            found[name] = (
                measured([str(_RIVALS), str(Path(__file__).with_name("rivals.py")), tool, scratch])
                if there
                else {"error": "没有安装（.venv-rivals）"}
            )
    print(f"[{title}]")
    print("做法\t文件\t字符\tCPU 秒\t毫秒/文件\t是裸提取的几倍")
    floors = {True: found[_OURS["bare-pdf"]], False: found[_OURS["bare"]]}
    for name, each in found.items():
        if "error" in each:
            print(f"{name}\t没有数字：{each['error']}")
            continue
        floor = floors["只 PDF" in name]["cpu"]
        figures = [
            f"{each['files']}",
            f"{each['characters'] or '—'}",
            f"{each['cpu']:.2f}",
            f"{1000 * each['cpu'] / each['files']:.1f}",
        ]
        print("\t".join([name, *figures, f"{each['cpu'] / floor:.1f}"]))
    one, two = (found[_OURS[name]].get("seconds", 0) for name in ("scan1", "scan2"))
    print(
        f"2 个工作进程比 1 个快\t{one / two:.2f} 倍（用时 {one:.1f} 与 {two:.1f} 秒；机器与他人共用时这一行不作数）"
        if two
        else ""
    )


def main() -> None:
    command = argparse.ArgumentParser()
    command.add_argument("--files", type=int, default=200)
    command.add_argument("--one", nargs=2)
    options = command.parse_args()
    if options.one:
        print(json.dumps(ours(options.one[0], Path(options.one[1]))))
        return
    of_archive("普通文件，三至五页，十分之一有措施", invented(options.files), rivals=True)
    if documents := real(options.files):
        of_archive("真实文件", documents, rivals=False)
    of_archive("普通文件，PDF 不嵌字体，约五页", joined(options.files), rivals=True, made=exported)
    of_archive("短而密：2,500 字中有七个文件的措施", dense(options.files), rivals=False)


if __name__ == "__main__":
    main()
