"""The command line (`shixin`): one thin command a verb. Exit code 0 done, 1 done with problems listed, 2 refused."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable

from pipeline.cli.arguments import parser
from pipeline.document import UnreadableFile

DONE, WITH_PROBLEMS, REFUSED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command; every refusal is a sentence in Chinese on standard error."""
    options = parser().parse_args(arguments)
    try:
        return _COMMANDS[options.verb](options)
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
    from pipeline.classify import ModelMissing
    from pipeline.extract import RegistryError
    from pipeline.learn import VersionError
    from pipeline.learn.evaluation import LabelsError
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


def _scan(options: argparse.Namespace) -> int:
    from pipeline.archive import scan
    from pipeline.cli.console import print_scan, progress

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
    from pipeline.cli.console import print_audit

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
    from pipeline.cli.console import print_simulation, progress, simulation_figures

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

    from pipeline.cli.console import print_training, print_versions, say_step
    from pipeline.learn import Annotations, lessons, list_versions, rollback, train

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

    from pipeline.cli.console import print_evaluation, print_metrics, progress
    from pipeline.learn import read_metrics
    from pipeline.learn.evaluation import evaluate

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


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "scan": _scan,
    "review": _review,
    "report": _report,
    "ledger": _ledger,
    "confirm": _confirm,
    "seal": _seal,
    "merge": _merge,
    "check": _check,
    "audit": _audit,
    "simulate": _simulate,
    "train": _train,
    "evaluate": _evaluate,
}


if __name__ == "__main__":
    sys.exit(main())
