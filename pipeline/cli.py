"""The command line (`shixin`): one thin command a verb. Exit code 0 done, 1 done with problems listed, 2 refused."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from pipeline.chinese_argparse import ChineseParser
from pipeline.document import UnreadableFile

DONE, WITH_PROBLEMS, REFUSED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; every refusal is a sentence in Chinese on standard error."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print("已中断。已完成的部分已保存，再次运行同一命令即可接着做。", file=sys.stderr)
        return WITH_PROBLEMS
    except UnreadableFile as error:
        print(f"无法处理：{error}", file=sys.stderr)
        return REFUSED
    except _refusals() as error:
        print(_explain(error), file=sys.stderr)
        return REFUSED


def _refusals() -> tuple[type[Exception], ...]:
    from pipeline.archive import ScanUnfinished, StoreInUse
    from pipeline.classify import ModelMissing, VersionError
    from pipeline.evaluation import LabelsError
    from pipeline.extract import RegistryError
    from pipeline.ledger import LedgerError, UnitError

    return (
        FileNotFoundError,
        PermissionError,
        StoreInUse,
        ScanUnfinished,
        LedgerError,
        RegistryError,
        UnitError,
        VersionError,
        ModelMissing,
        LabelsError,
    )


def _explain(error: Exception) -> str:
    from pipeline.archive import StoreInUse

    if isinstance(error, StoreInUse):
        return f"另一个扫描正在写入 {error}，请等它结束，或换一个 --out 目录。"
    if isinstance(error, FileNotFoundError):
        return f"找不到：{error.filename or error}。请检查路径。"
    if isinstance(error, PermissionError):
        return f"没有权限读写：{error.filename or error}。请检查文件是否被其他程序（如 Excel、WPS）打开。"
    return str(error)


# The parser: verbs in the order in which the work goes.


def _parser() -> ChineseParser:
    parser = ChineseParser(prog="shixin", description="失信约束文件筛查：找出文件、核对依据、预填台账。全程离线。")
    verbs = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=ChineseParser)

    def verb(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> ChineseParser:
        command = verbs.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        command.add_argument("--json", action="store_true", help="在标准输出只打印一个 JSON 对象，供程序使用")
        return command

    scan = verb("scan", _scan, "扫描一个目录（或单个文件），生成台账草稿、报告和问题清单")
    scan.add_argument("archive", metavar="档案目录", type=Path, help="要扫描的目录或文件")
    scan.add_argument("--out", metavar="输出目录", type=Path, required=True, help="结果放在哪里；再次扫描同一目录时接着用")
    scan.add_argument("--workers", metavar="N", type=int, help="同时工作的进程数（默认与处理器核数相同）")
    scan.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息；默认在档案目录及其上级目录中查找")
    scan.add_argument("--as-of", metavar="日期", type=_iso_date, help="按哪一天判断依据是否现行有效，如 2021-01-25（默认今天）")
    scan.add_argument(
        "--registry", metavar="依据.csv", type=Path, help="自备的依据表（名称、文号、效力级别等列），补充随附的依据库"
    )

    review = verb("review", _review, "复核命中文件：生成可点选决定的离线页面 复核.html 和笔记本 复核.ipynb")
    review.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    review.add_argument("--notebook", action="store_true", help="随即在 Jupyter 中打开笔记本（需已安装 jupyterlab）")

    report = verb("report", _report, "只重新生成筛查报告 report.html，不动台账")
    report.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    report.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息")

    ledger = verb("ledger", _ledger, "不再读取文件，按已有结果重新生成台账草稿和报告")
    ledger.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    ledger.add_argument("--unit", metavar="unit.toml", type=Path, help="本单位信息")

    confirm = verb("confirm", _confirm, "读入人工填好处置意见的台账（或复核页面保存的决定）；此后重新扫描不会改动")
    confirm.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    confirm.add_argument("ledger", metavar="台账.xlsx", type=Path, help="填好处置意见的台账，或复核页面保存的 复核决定.json")

    seal = verb("seal", _seal, "封存已确认的台账（上报前最后一步）；此后新发现的文件只进增补台账")
    seal.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")

    merge = verb("merge", _merge, "把各单位的台账汇总为一份，列出重复文件和有问题的单元格")
    merge.add_argument("ledgers", metavar="台账.xlsx", type=Path, nargs="+", help="各单位的台账")
    merge.add_argument("--out", metavar="汇总.xlsx", type=Path, required=True, help="汇总后的台账")

    check = verb("check", _check, "检查一份尚未印发的草案：列出没有合格依据的措施；有则退出码为 1")
    check.add_argument("draft", metavar="草案", type=Path, help="草案文件")
    check.add_argument("--as-of", metavar="日期", type=_iso_date, help="按哪一天判断依据是否现行有效（默认今天）")
    check.add_argument("--registry", metavar="依据.csv", type=Path, help="自备的依据表")
    check.add_argument("--comments", metavar="副本.docx", type=Path, help="另存一份带批注的副本（仅限 DOCX 草案）")

    audit = verb("audit", _audit, "证明查全：随机抽查未命中的文件，据人工标记说明漏报最多还有几份")
    audit.add_argument("out", metavar="输出目录", type=Path, help="扫描时的输出目录")
    audit.add_argument("--size", metavar="份数", type=_positive, help="抽查多少份（默认 60；加大时原有的都保留）")
    audit.add_argument("--goal", metavar="查全率", type=_share, default=0.95, help="想要证明的查全率（默认 0.95）")

    simulate = verb("simulate", _simulate, "模拟：在自己标注的文件上，比较各种方法要读多少份才能找全，并画出查全曲线")
    simulate.add_argument("labels", metavar="labels.csv", type=Path, help="标注表：path（或 id）、relevant")
    simulate.add_argument("--docs", metavar="目录", type=Path, help="标注的文件所在目录（默认与标注表同一目录）")
    simulate.add_argument(
        "--out", metavar="图.svg", type=Path, default=Path("查全曲线.svg"), help="曲线图（默认 查全曲线.svg）"
    )

    train = verb("train", _train, "用标注数据和人工决定重新训练模型；更差的新模型不会替换现有模型")
    train.add_argument(
        "--from",
        dest="outs",
        metavar="输出目录",
        type=Path,
        action="append",
        default=[],
        help="同时学习该目录中已确认台账的决定（确认的条款为正例，不列入的文件和删去的条款为反例）；可以写多次",
    )
    train.add_argument("--list", action="store_true", help="列出现有模型和保存的各个版本，不训练")
    train.add_argument("--rollback", metavar="版本", help="恢复一个保存的版本，不训练")

    evaluate = verb("evaluate", _evaluate, "检验：在自己标注的文件上算查全率、查准率；不带参数时列出随附模型的交叉验证结果")
    evaluate.add_argument(
        "labels", metavar="labels.csv", type=Path, nargs="?", help="标注表：path（或 id）、relevant，可有 tier、functions"
    )
    evaluate.add_argument("--docs", metavar="目录", type=Path, help="标注的文件所在目录（默认与标注表同一目录）")
    return parser


def _iso_date(value: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{value}”不是日期，应写作 2021-01-25 这样的形式") from None


def _positive(value: str) -> int:
    if not value.isdecimal() or not int(value):
        raise argparse.ArgumentTypeError(f"“{value}”应为正整数")
    return int(value)


def _share(value: str) -> float:
    try:
        share = float(value)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"“{value}”应为 0 与 1 之间的小数，如 0.95")
    return share


def _scan(options: argparse.Namespace) -> int:
    from pipeline.archive import scan
    from pipeline.console import print_scan, progress

    with progress("扫描", quiet=options.json) as step:
        result = scan(
            options.archive,
            options.out,
            options.workers,
            unit=options.unit,
            as_of=options.as_of,
            registry=options.registry,
            progress=step,
        )
    if options.json:
        numbers = ("found", "screened", "duplicates", "problems", "flagged")
        _print_json(
            {name: getattr(result, name) for name in numbers} | {"seconds": round(result.seconds, 2), "out": str(result.out)}
        )
    else:
        print_scan(result)
    return WITH_PROBLEMS if result.problems else DONE


def _review(options: argparse.Namespace) -> int:
    from pipeline.review import open_in_jupyter, open_scan, write_book, write_page

    scan = open_scan(options.out)
    page, book = write_page(scan), write_book(options.out)
    own = [item for item in scan.items if item.flagged and item.own]
    outside = sum(item.flagged and not item.own for item in scan.items)
    numbers = {"flagged": len(own), "outside": outside, "decided": sum(bool(item.decision) for item in own)}
    said = (
        f"命中本单位文件 {len(own)} 个，已决定 {numbers['decided']} 个；另有不属本单位的 {outside} 个。\n"
        f"请用浏览器打开 {page} 复核；保存决定后运行：shixin confirm {options.out} 复核决定.json\n"
        f"装有 Jupyter 的，可打开 {book}，决定随点随存。"
    )
    _say(options, {"page": str(page), "notebook": str(book), **numbers}, said)
    if options.notebook and not options.json and not open_in_jupyter(book):
        print("没有安装 Jupyter，可用 pip install jupyterlab 安装，或在 VS Code 中打开。", file=sys.stderr)
    return DONE


def _report(options: argparse.Namespace) -> int:
    from pipeline.archive import rewrite_report

    counts = rewrite_report(options.out, options.unit)
    path = options.out / "report.html"
    said = f"已生成 {path}：发现 {counts.found} = 已筛查 {counts.screened} + 重复 {counts.duplicates} + 问题 {counts.problems}，命中 {counts.flagged}"
    _say(options, {"report": str(path), **counts._asdict()}, said)
    return DONE


def _ledger(options: argparse.Namespace) -> int:
    from pipeline.archive import rewrite_outputs

    notes = rewrite_outputs(options.out, options.unit)
    if options.json:
        _print_json({"out": str(options.out), "notes": notes})
    else:
        for note in notes:
            print(f"注意：{note}")
        print(f"已生成 {options.out / 'ledger.xlsx'} 和 {options.out / 'report.html'}")
    return DONE


def _confirm(options: argparse.Namespace) -> int:
    from pipeline.archive import confirm, rewrite_outputs, take_reviews

    if options.ledger.suffix.lower() == ".json":
        taken, unknown = take_reviews(options.out, options.ledger)
        said = f"已读入 {taken} 个复核决定，预填在 {options.out / 'ledger.xlsx'}；核对后用 shixin confirm 读入台账。"
        said += f"另有 {unknown} 个决定的文件不在本次扫描结果中，未读入。" if unknown else ""
        numbers = {"decided": taken, "unknown": unknown}
    else:
        decided = confirm(options.out, options.ledger)
        said = f"已读入 {decided} 行决定；{options.out / 'ledger.xlsx'} 已按此更新。"
        numbers = {"decided": decided}
    rewrite_outputs(options.out)
    _say(options, numbers, said)
    return DONE


def _seal(options: argparse.Namespace) -> int:
    from pipeline.archive import seal_out

    sealed = seal_out(options.out)
    counts = "，".join(f"{name} {count}" for name, count in sealed.counts.items() if count)
    _say(options, {"sha256": sealed.sha256, "counts": sealed.counts}, f"台账已封存：{counts}。校验值 {sealed.sha256}")
    return DONE


def _merge(options: argparse.Namespace) -> int:
    from pipeline.ledger import merge, write_merged

    merged = merge(options.ledgers)
    write_merged(merged, options.out)
    for problem in merged.problems:
        print(problem, file=sys.stderr)
    numbers = {"rows": len(merged.rows), "duplicates": len(merged.duplicates), "problems": len(merged.problems)}
    said = f"已汇总 {len(merged.rows)} 个文件到 {options.out}；重复 {numbers['duplicates']} 组，问题 {numbers['problems']} 处。"
    _say(options, numbers, said)
    return WITH_PROBLEMS if merged.problems else DONE


def _say(options: argparse.Namespace, value: dict, sentence: str) -> None:
    """The result as JSON for machines, else as a sentence."""
    if options.json:
        _print_json(value)
    else:
        print(sentence)


def _check(options: argparse.Namespace) -> int:
    from pipeline.assess import check, comment_docx, render_dict, render_text
    from pipeline.screening import screen

    screening = screen(options.draft, as_of=options.as_of, registry=options.registry)
    report = check(screening)
    if options.comments:
        comment_docx(options.draft, report, options.comments)
    if options.json:
        _print_json(render_dict(report))
    else:
        print(render_text(report))
    return DONE if report.passed else WITH_PROBLEMS


def _audit(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from pipeline.archive import rewrite_outputs
    from pipeline.audit import audit
    from pipeline.console import print_audit

    found = audit(options.out, options.size, options.goal)
    if found.found:
        rewrite_outputs(options.out)  # what people found enters the ledger
    if options.json:
        _print_json(asdict(found) | {"sheet": str(found.sheet), "sentence": found.sentence})
    else:
        print_audit(found)
    return DONE


def _simulate(options: argparse.Namespace) -> int:
    from pipeline.audit import curves_svg, simulate
    from pipeline.console import print_simulation, progress, simulation_figures

    with progress("模拟", quiet=options.json) as step:
        found = simulate(options.labels, options.docs or options.labels.parent, lambda _, done, total: step(done, total))
    options.out.write_text(curves_svg(found), encoding="utf-8")
    if options.json:
        _print_json(simulation_figures(found) | {"out": str(options.out)})
    else:
        print_simulation(found, options.out)
    return WITH_PROBLEMS if found.unreadable else DONE


def _train(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from pipeline.archive import lessons
    from pipeline.classify import Annotations, list_versions, rollback, train
    from pipeline.console import print_training, print_versions, say_step

    if options.rollback:
        restored = rollback(options.rollback)
        _say(
            options,
            asdict(restored),
            f"已恢复版本 {restored.version}（{restored.trained or '日期不详'}训练）；原模型仍保存在 models/versions/。",
        )
        return DONE
    if options.list:
        versions = list_versions()
        if options.json:
            _print_json({"versions": [asdict(version) for version in versions]})
        else:
            print_versions(versions)
        return DONE
    report = train(decisions=Annotations.joined([lessons(out) for out in options.outs]), step=say_step(quiet=options.json))
    if options.json:
        _print_json(asdict(report))
    else:
        print_training(report)
    return DONE if report.replaced else REFUSED


def _evaluate(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from pipeline.classify import read_metrics
    from pipeline.console import print_evaluation, print_metrics, progress
    from pipeline.evaluation import evaluate

    if options.labels is None:
        metrics = read_metrics()
        _print_json(metrics) if options.json else print_metrics(metrics)
        return DONE
    with progress("检验", quiet=options.json) as step:
        found = evaluate(options.labels, options.docs or options.labels.parent, step)
    if options.json:
        shares = {name: {**share._asdict(), "low": share.low, "high": share.high} for name, share in found.shares.items()}
        _print_json(asdict(found) | {"shares": shares})
    else:
        print_evaluation(found)
    return WITH_PROBLEMS if found.unreadable else DONE


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
