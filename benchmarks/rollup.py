"""A city's book: 500 ledgers of 200 documents rolled up, in time and memory. `python -m benchmarks.rollup [FOLDER]`

The ledgers are our own workbooks, written once and then printed again with other units, numbers and words. Every pair of units
shares ten documents, so that what is found can be counted: 5,000 rows that are 2,500 documents. FOLDER keeps them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

from pipeline.ledger import DetailLine, LedgerRow, ScanFacts, Scope, Unit, write_ledger

LEDGERS, ROWS, SHARED = 500, 200, 10
_OWN, _PAIR = "7070707", "8080808"  # stand for the unit's number and the pair's, in every word of the workbook
_QUOTE = (
    "第{n}条（第{page}页）\n“对第{code}类经查实弄虚作假、拖欠款项或者拒不履行承诺的市场主体，由主管科室记入信用档案，列入第{code}号失信名单，"
    "{years}年内不得申报本市各类扶持项目，并在门户网站公开其名称、统一社会信用代码和失信事由，公开期限为{years}年。”"
)
_DECISIONS = ("保留", "修订", "立法", "废止")
_BASES = (
    "无",
    "《中华人民共和国某法》第三条［法律；现行有效］",
    "《某省信用条例》第九条［地方性法规；现行有效］",
    "《某办法》（某政发〔2015〕3号）［地方规范性文件；时效待核］",
)


def _row(number: int) -> LedgerRow:
    code = f"{_PAIR if number < SHARED else _OWN}{number:03d}"
    content = _QUOTE.format(n=number % 40 + 1, page=number % 9 + 1, code=code, years=number % 3 + 1)
    line = DetailLine(
        f"{code}-1", content, "记录、惩戒、公开", "限制享受优惠政策", _BASES[number % 4], "不符合" if number % 2 else "符合"
    )
    return LedgerRow(
        document_id=f"{code:0<16}",
        scope=Scope.OWN,
        title=f"关于第{code}类市场主体信用管理有关事项的通知",
        number=f"云{code}发〔2019〕{number + 1}号",
        issuers=f"云州市第{_PAIR if number < SHARED else _OWN}局",
        date=f"2019-{number % 12 + 1:02d}-15",
        drafter=f"云州市第{_OWN}局",
        in_name_of="否",
        details=(line,),
        decision=_DECISIONS[number % 4],
        deadline="2021-06-30",
        contact="某某",
        remark="请核对",
    )


def build(folder: Path) -> None:
    """Write the ledgers and 单位.csv: a city, fifty counties and districts, and the rest below them."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "样.xlsx"
    write_ledger([_row(number) for number in range(ROWS)], model, Unit(f"云州市第{_OWN}局"), ScanFacts(version="v1"))
    with zipfile.ZipFile(model) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    model.unlink()
    names = []
    for unit in range(LEDGERS):
        names.append(f"云州市第{unit:07d}局")
        with zipfile.ZipFile(folder / f"{unit:04d}.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, body in parts.items():
                said = body.replace(_OWN.encode(), f"{unit:07d}".encode()).replace(_PAIR.encode(), f"{unit // 2:07d}".encode())
                package.writestr(name, said)
    lines = ["单位,层级,上级", f"{names[0]},市,"]
    lines += [
        f"{name},{'县区' if place <= 50 else '乡镇'},{names[0] if place <= 50 else names[place % 50 + 1]}"
        for place, name in enumerate(names[1:], 1)
    ]
    (folder / "单位.csv").write_text("\n".join([*lines, "云州市未报局,县区,云州市第0000000局"]) + "\n", encoding="utf-8")


class _Memory(threading.Thread):
    """The peak of what a process and its children hold, shared pages counted once (PSS)."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self._pid, self.peak, self._on = pid, 0, True

    def run(self) -> None:
        while self._on:
            self.peak = max(self.peak, sum(map(_pss, _tree(self._pid))))
            time.sleep(0.25)

    def stop(self) -> None:
        self._on = False


def _tree(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        try:
            for task in Path(f"/proc/{each}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:")), 0)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(scratch) / "上报"
        if not (folder / "单位.csv").exists():
            build(folder)
        book = Path(scratch) / "汇总.xlsx"
        import resource

        command = [sys.executable, "-m", "pipeline", "merge", str(folder), "--out", str(book), "--json"]
        began = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")
        memory = _Memory(process.pid)
        memory.start()
        said, _ = process.communicate()
        seconds = time.monotonic() - began
        memory.stop()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = json.loads(said)
        size = book.stat().st_size / 1e6
        print(
            f"{LEDGERS} 份台账 × {ROWS} 个文件：{seconds:.1f} 秒（处理器 {used.ru_utime + used.ru_stime:.1f} 秒），内存峰值 {memory.peak / 1e6:.0f} MB，汇总表 {size:.1f} MB"
        )
        print(
            f"文件 {told['rows']}，重复 {told['duplicates']} 组，每个文件只计一次 {told['distinct']}，单位 {told['units']}，未报 {len(told['missing'])}"
        )
        pairs = LEDGERS // 2 * SHARED
        expected = (LEDGERS * ROWS, pairs, LEDGERS * ROWS - pairs, LEDGERS + 1, 1)
        found = (told["rows"], told["duplicates"], told["distinct"], told["units"], len(told["missing"]))
        print("数目与所造的一致" if found == expected else f"数目与所造的不一致，应为 {expected}")


if __name__ == "__main__":
    main()
