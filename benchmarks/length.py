"""What a document's length costs: ``python -m benchmarks.length [--units 5000] [KIND ...]``.

Documents of one kind of unit, said 5,000, 10,000 and 20,000 times, and one of 10 MB. Printed: CPU seconds of `pipeline.screen`,
and how much four times the length costs against four times the cost; 1.00 is linear, 4.00 quadratic.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import pipeline

BAR = 1.15
_NUMERALS = "一二三四五六七八九十"
_HEAD = "云州市失信惩戒办法\n"


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + "十" * (tens > 0) + (_NUMERALS[ones - 1] if ones else "")


def name(number: int) -> str:
    """A name that no other number has."""
    return chr(0x4E00 + number % 5000) + chr(0x5000 + number // 5000)


def _lines(line: Callable[[int], str]) -> Callable[[int], str]:
    return lambda units: _HEAD + "\n".join(map(line, range(units)))


def _one_line(unit: Callable[[int], str], head: str = "") -> Callable[[int], str]:
    return lambda units: head + "".join(map(unit, range(units)))


_LAW = "《中华人民共和国政府采购法》"
#: Each makes a text of so many units.
KINDS: dict[str, Callable[[int], str]] = {
    "条款": _lines(lambda n: f"第{n + 1}条　对有失信行为的{name(n)}企业，列入失信名单并公示，限制其参加投标{n % 9 + 1}年。"),
    "无关条款": _lines(lambda n: f"{n + 1}.办公室牵头修剪{name(n)}路树木，{n % 28 + 1}日前完成。"),
    "不同的依据": _lines(
        lambda n: f"第{n + 1}条　按《云州市{name(n)}管理办法》（云政发〔2019〕{n + 1}号）第{n % 60 + 1}条办理。"
    ),
    "已知的依据": _lines(lambda n: f"根据{_LAW}第{numeral(n % 60 + 1)}条，对失信企业{n}列入黑名单，三年内不得申报。"),
    "一条中的依据": lambda n: (
        f"{_HEAD}第一条　对下列行为：\n"
        + "\n".join(f"（{numeral(i % 90 + 1)}）依据{_LAW}第{numeral(i % 60 + 1)}条，对供应商列入失信名单；" for i in range(n))
    ),
    "一章中的依据": lambda n: (
        f"{_HEAD}第一章　惩戒\n"
        + "\n".join(f"第{i + 1}条　依据{_LAW}第{numeral(i % 60 + 1)}条，对供应商列入失信名单。" for i in range(n))
    ),
    "文首的依据": _lines(lambda n: f"根据《云州市{name(n)}管理条例》制定本办法，对失信供应商列入名单。"),
    "简称": _lines(lambda n: f"根据《云州市{name(n)}管理办法》（以下简称“{name(n)}办法”），按照{name(n)}办法对失信者公示。"),
    "文号": _lines(lambda n: f"云政发〔2019〕{n + 1}号、云办发〔2018〕{n + 1}号"),
    "列举": lambda n: f"{_HEAD}对失信企业：\n" + "\n".join(f"（{i + 1}）限制申报{i}类项目；" for i in range(n)),
    "表格": _lines(lambda n: f"{n}\t甲公司{n}\t失信企业\t限制投标\t{n % 9}年"),
    "一行": _one_line(lambda n: f"办公室牵头修剪{name(n)}路树木，对失信企业{n}列入名单；"),
    "一行带序号": _one_line(lambda n: f"{numeral(n % 90 + 1)}、对失信企业列入名单{n}，限制投标。", "云州市信用办法 "),
    "一行转发": _one_line(lambda n: f"云州市失信惩戒办法对失信企业{n}列入名单。", "关于印发《云州市失信惩戒办法》的通知"),
    "没有句号": _one_line(lambda n: f"办公室牵头修剪{name(n)}树木对失信企业列入名单"),
    "书名号": lambda n: _HEAD + "《" * n,
    "括号": lambda n: _HEAD + "（" * n + "）" * n,
    "引号": lambda n: _HEAD + "“失信”" * n,
    "空格": lambda n: f"{_HEAD}对失信{' 　' * 5 * n}企业列入名单",
    "空行": lambda n: f"{_HEAD}{chr(10) * n}对失信企业列入名单",
    "数字": lambda n: _HEAD + "1234567890" * n,
    "数词": lambda n: f"{_HEAD}第{_NUMERALS * n}条",
    "点线": lambda n: f"{_HEAD}失信{'…' * 10 * n}企业列入名单",
}


def seconds(text: str) -> float:
    began = time.process_time()
    pipeline.screen(text, as_of="2026-01-01")
    return time.process_time() - began


def main() -> None:
    command = argparse.ArgumentParser()
    command.add_argument("--units", type=int, default=5_000)
    command.add_argument("kinds", nargs="*")
    options = command.parse_args()
    for make in KINDS.values():
        seconds(make(50))  # tables are read, patterns compiled
    print(
        f"单元\t字（最长）\tCPU 秒：{'、'.join(f'{options.units * times:,}' for times in (1, 2, 4))} 个\t四倍长度：用时 / 四倍用时"
    )
    worst = 0.0
    for kind in options.kinds or KINDS:
        make = KINDS[kind]
        took = [min(seconds(make(options.units * times)) for _ in range(4 // times)) for times in (1, 2, 4)]
        ratio = took[-1] / took[0] / 4
        worst = max(worst, ratio)
        length = len(make(4 * options.units))
        print(f"{kind}\t{length:,}\t{'　'.join(f'{each:.2f}' for each in took)}\t{ratio:.2f}", flush=True)
    print(f"最差\t{worst:.2f}（要求 ≤ {BAR}）")
    text = KINDS["条款"](10_000_000 // len(KINDS["条款"](1000).encode()) * 1000)
    took_long = seconds(text)
    print(f"10 MB 条款\t{len(text):,}\t{took_long:.1f} 秒，{len(text.encode()) / 1e6 / took_long:.2f} MB/秒")


if __name__ == "__main__":
    main()
