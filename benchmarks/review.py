"""Review and report on ten thousand documents (复核和报告的速度): ``python -m benchmarks.review [FOLDER] [DOCUMENTS]``.

The documents are invented: a few screened ones, multiplied under other titles, numbers and years. What is measured is the
product's own work on them: opening the desk, the next document under filters, a decision, the report, and the ledger.
"""

from __future__ import annotations

import hashlib
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

import pipeline
from pipeline.archive import Store
from pipeline.archive.outputs import rows_now
from pipeline.archive.people.records import open_journal
from pipeline.archive.people.views import held
from pipeline.archive.store import FileRecord
from pipeline.document import Document, Span
from pipeline.ledger import ScanFacts, write_ledger, write_report
from pipeline.review.desk.catalogue import Filters
from pipeline.review.desk.state import Board

_PLACES = ("青禾县", "云州市", "临溪区", "白石镇")
_OFFICES = ("水务局", "人力资源和社会保障局", "农业农村局", "市场监督管理局", "住房和城乡建设局")
_BODY = """{place}{office}文件

{mark}发〔{year}〕{number}号

关于印发《{subject}信用管理办法（第{number}批）》的通知

各有关单位：

现将《{subject}信用管理办法》印发给你们，请遵照执行。

{place}{office}
{year}年6月20日

第一条 为规范{subject}管理，根据《保障农民工工资支付条例》，制定本办法。
第二条 {subject}企业伪造数据的，认定为严重失信企业，列入失信名单，名单在网站公示。
第三条 列入名单的企业，两年内不得参加政府投资工程投标，有关部门应当将名单推送至公共信用信息平台。
第四条 企业整改完毕并作出承诺的，可以申请信用修复，移出名单。
"""
_NOTICE = "{place}{office}\n关于召开第{number}次会议的通知\n\n各科室：\n\n定于{year}年4月8日上午召开会议，请准时参加。\n\n{place}{office}\n{year}年4月2日\n"


def make_store(out: Path, documents: int) -> None:
    """A finished scan of so many distinct documents, of which four in five are flagged."""
    rng = np.random.default_rng(16)
    models = []
    for text in (_BODY, _NOTICE):
        filled = text.format(place="云州市", office="水务局", mark="云水", year=2018, number=31, subject="取水")
        models.append(pipeline.screen(Document("", "txt", "0" * 64, filled, (Span(0, len(filled)),))))
    with Store(out / "scan.sqlite", writing=True) as store:
        paths = []
        for number in range(documents):
            screening = models[number % 5 == 4]
            place, office, year = _PLACES[number % 4], _OFFICES[number % 5], 2005 + number % 16
            path = f"{year}年/{place}{office}/文件{number:05}.txt"
            sha256 = hashlib.sha256(path.encode()).hexdigest()
            metadata = replace(
                screening.metadata,
                title=f"{screening.metadata.title}（{place}第{number}号）",
                number=f"{place[0]}发〔{year}〕{number}号",
                issuers=[f"{place}{office}"],
                date=f"{year}-06-20",
            )
            document = replace(screening.document, sha256=sha256)
            made = replace(screening, document=document, metadata=metadata, score=round(float(rng.uniform(0.5, 1)), 4))
            signature = np.random.default_rng(number // 3).integers(0, 2**32, 64, dtype=np.uint32).astype("<u4").tobytes()
            store.put_file(FileRecord(path, 1000, 0, sha256), 1)
            store.put_screening(made, "bench@2021-01-25", signature)
            paths.append(path)
        store.put_leaders({path: path for path in paths})
        store.set_meta("version", "bench@2021-01-25")


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The median processor time of so many runs: what the work costs, whoever else uses the machine."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def main(folder: str = "", documents: str = "10000") -> None:
    out = Path(folder or tempfile.mkdtemp()) / "out"
    if not (out / "scan.sqlite").is_file():
        out.mkdir(parents=True, exist_ok=True)
        make_store(out, int(documents))
    with open_journal(out) as journal, Store(out / "scan.sqlite") as store:
        rows, facts = rows_now(store, held(journal, store), None), ScanFacts(len(list(store.files())), flagged=0)
    writing = seconds(lambda: write_report(rows, out / "report.html", None, facts, []))
    print(f"报告 {len(rows)} 个文件：{writing:.1f} 秒，{(out / 'report.html').stat().st_size / 1e6:.1f} MB")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    writing = seconds(lambda: write_ledger(rows, out / "ledger.xlsx", None, facts))
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"台账 {sum(len(row.details) for row in rows)} 行：{writing:.1f} 秒，内存多用 {more / 1024:.0f} MB")
    board = Board(out)
    print(f"打开复核席 {seconds(lambda: Board(out)):.1f} 秒")
    order = board.order(Filters())["ids"]
    print(f"下一个文件（打开）{1000 * seconds(lambda: board.view(order.pop()), 30):.0f} 毫秒")
    print(f"筛选、排序 {1000 * seconds(lambda: board.order(Filters(function='惩戒')), 5):.0f} 毫秒")

    def decide() -> None:
        id_ = order.pop()
        board.decide([id_], "修订", "", "度量", {id_: board.facts([id_])[0]["decision"]})

    print(f"一个决定 {1000 * seconds(decide, 30):.0f} 毫秒；撤销 {1000 * seconds(lambda: board.undo('度量'), 30):.0f} 毫秒")
    print(f"搜索正文 {seconds(lambda: board.order(Filters(text='信用修复'))):.1f} 秒")


if __name__ == "__main__":
    main(*sys.argv[1:])
