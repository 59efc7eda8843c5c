"""Measure the finding of citations (依据): ``python -m benchmarks.citations``.

On the annotated sentences and the documents of the shared corpus: exact and title-only F1, level, short names, roles,
false finds on text without any, share of national laws that the registry knows, and speed.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

from pipeline.document import Citation, Level
from pipeline.extract import find_citations

SHARED = Path(__file__).resolve().parents[1] / "../shared"
BARS = {
    "exact_f1": 0.97, "title_f1": 0.985, "level": 0.97, "short_names": 0.95, "role": 0.90, "resolved": 0.95,
    "megabytes_per_second": 2.0,
}  # fmt: skip
ROLES = {"制定依据": "basis", "措施依据": "basis", "提及": "mention", "转发": "mention", "废止": "repeal"}
#: A decision that amends a law is no law of its own in the registry: it does not count among the titles to resolve.
AMENDMENT = re.compile(r"关于.*(?:决定|决议|规定)$")


def squeeze(value: str | None) -> str:
    return re.sub(r"\s", "", value or "")


def found_key(citation: Citation) -> tuple[str, str, tuple[str, ...]]:
    return squeeze(citation.title), squeeze(citation.number), tuple(citation.articles)


def gold_key(citation: dict[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    return squeeze(citation["title"]), squeeze(citation["number"]), tuple(map(squeeze, citation["articles"]))


def f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 1.0


def sentence_role(citations: list[Citation]) -> str:
    """One role for a sentence, as the gold has it: the strongest of its citations'."""
    roles = {ROLES[citation.role.value] for citation in citations}
    return next((role for role in ("repeal", "basis", "mention") if role in roles), "")


def measure_sentences(rows: list[dict[str, Any]]) -> tuple[dict[str, Any], list[str]]:
    """Figures over annotated sentences and a line on every miss."""
    exact = title_only = found_count = gold_count = 0
    levels: list[bool] = []
    shorts: list[bool] = []
    roles: list[bool] = []
    misses: list[str] = []
    for row in rows:
        found = find_citations(row["text"])
        gold = {gold_key(citation): citation for citation in row["citations"]}
        by_key = {found_key(citation): citation for citation in found}
        by_title = {squeeze(citation.title): citation for citation in found}
        exact += len(gold.keys() & by_key.keys())
        title_only += len({key[0] for key in gold} & by_title.keys())
        found_count += len(found)
        gold_count += len(gold)
        misses += [f"{row['id']} 漏 {key}" for key in gold.keys() - by_key.keys()]
        misses += [f"{row['id']} 多 {key}" for key in by_key.keys() - gold.keys()]
        for key, citation in gold.items():
            ours = by_title.get(key[0])
            levels.append(ours is not None and ours.level.value == citation["level"])
            if not levels[-1]:
                misses.append(f"{row['id']} 级别 {key[0]}：{ours and ours.level.value}，应为 {citation['level']}")
            if citation["short_name"]:
                shorts.append(ours is not None and ours.short_name == citation["short_name"])
                if not shorts[-1]:
                    misses.append(f"{row['id']} 简称 {ours and ours.short_name}，应为 {citation['short_name']}")
        if gold:
            roles.append(sentence_role(found) == row["role"])
            if not roles[-1]:
                misses.append(f"{row['id']} 作用 {sentence_role(found)}，应为 {row['role']}")
    figures = {
        "sentences": len(rows),
        "citations": gold_count,
        "exact_f1": f1(exact, found_count, gold_count),
        "title_f1": f1(title_only, found_count, gold_count),
        "level": sum(levels) / max(1, len(levels)),
        "short_names": sum(shorts) / max(1, len(shorts)),
        "role": sum(roles) / max(1, len(roles)),
    }
    return figures, misses


def measure_false_finds(rows: list[dict[str, Any]]) -> dict[str, float]:
    """False finds per 100,000 characters: annotated sentences with every citation's characters cut out."""
    characters = false = 0
    for row in rows:
        text = row["text"]
        for citation in reversed(find_citations(text, repeats=True)):
            text = text[: citation.start] + "某事项" + text[citation.end :]
        characters += len(text)
        false += len(find_citations(text))
    return {"false_per_100k": false * 100_000 / max(1, characters), "false_characters": characters}


def measure_documents(texts: list[str]) -> dict[str, Any]:
    """Speed over whole documents, and the share of titled citations of national law that the registry knows."""
    find_citations("《中华人民共和国行政处罚法》第一条")
    started = time.process_time()
    found = [citation for text in texts for citation in find_citations(text)]
    seconds = time.process_time() - started
    size = sum(len(text.encode()) for text in texts) / 1e6
    national = [
        citation
        for citation in found
        if citation.title
        and citation.level in (Level.LAW, Level.ADMINISTRATIVE_REGULATION)
        and not AMENDMENT.search(citation.title)
    ]
    unresolved = sorted({citation.title for citation in national if citation.authority is None})
    return {
        "documents": len(texts),
        "found": len(found),
        "megabytes_per_second": size / seconds,
        "characters_per_second": sum(map(len, texts)) / seconds,
        "national": len(national),
        "resolved": sum(citation.authority is not None for citation in national) / max(1, len(national)),
        "unresolved_titles": unresolved,
    }


def measure_eyecite(megabytes: float = 0.4) -> dict[str, Any]:
    """eyecite over English documents of the usual length and density of citations; says why where not installed."""
    try:
        from eyecite import get_citations
    except ImportError:
        return {"eyecite": "未安装，略过（pip install eyecite 后可比）"}
    cited = "The court followed Smith v. Jones, 12 U.S. 345, 350 (1999), and 42 U.S.C. § 1983 in this respect. "
    plain = "The rest of the page speaks of matters in which nothing is cited at all, as most of a judgment does. "
    document = (cited + plain * 20) * 4
    get_citations(document)
    count = max(1, int(megabytes * 1e6 / len(document)))
    started = time.process_time()
    for _ in range(count):
        get_citations(document)
    return {"eyecite_megabytes_per_second": count * len(document) / 1e6 / (time.process_time() - started)}


def read_shared(shared: Path) -> tuple[list[dict[str, Any]], list[str]]:
    lines = (shared / "corpus/citations.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "corpus/docs").glob("*.txt"))]
    return [json.loads(line) for line in lines], texts


def measure(shared: Path = SHARED) -> dict[str, Any]:
    """All figures, and under ``misses`` one line for each sentence-level miss."""
    rows, texts = read_shared(shared)
    figures, misses = measure_sentences(rows)
    return {**figures, **measure_false_finds(rows), **measure_documents(texts), **measure_eyecite(), "misses": misses}


def main() -> int:
    if not (SHARED / "corpus/citations.jsonl").exists():
        print("没有 shared/corpus，无法测量", file=sys.stderr)
        return 2
    figures = measure()
    for name, value in figures.items():
        if name in ("misses", "unresolved_titles"):
            continue
        bar = f"  （要求 ≥ {BARS[name]}）" if name in BARS else ""
        print(f"{name}: {value:.4f}{bar}" if isinstance(value, float) else f"{name}: {value}{bar}")
    print("依据库不识的名称：", "、".join(figures["unresolved_titles"]) or "无")
    print("\n".join(figures["misses"]) or "没有不符之处")
    return 0 if all(figures[name] >= bar for name, bar in BARS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
