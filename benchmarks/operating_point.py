"""What other operating points would cost: `python -m benchmarks.operating_point`.

On the hands that nothing was learnt from: how many of their relevant documents, rewordings and frames are found, and how many hard,
ordinary and other texts are flagged, for each pair of points of a clause with a word of credit or of a measure, and of one without. By the
judges alone: neither lines proved by a basis nor the material judge take part.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks.hands import HANDS, rows
from pipeline.classify import POINTS, Points, classify
from pipeline.classify.lexicon import load_lexicon
from pipeline.document import Document, Span
from pipeline.screening import names_a_measure
from pipeline.structure import parse

_WORDED, _ALONE = (0.5, 0.55, 0.6, 0.65, 0.7), (0.7, 0.75, 0.8, 0.85)
_KINDS = ("相关文件", "换说法", "框架", "难负例", "普通文件", "口号", "判决、新闻和网页")


def kinds(hand: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The texts of a hand, each with its kind."""
    for row in rows(hand, "documents"):
        yield "相关文件" if row["relevant"] else {"hard": "难负例"}.get(row["tier"], "普通文件"), row
    for row in rows(hand, "frames"):
        yield "框架" if row["relevant"] else "口号", row
    for name, kind in (("rewordings", "换说法"), ("ordinary", "普通文件"), ("cases", "判决、新闻和网页")):
        yield from ((kind, row) for row in rows(hand, name))


def chances(text: str) -> tuple[float, float]:
    """The highest chance of a clause with words, and of one without."""
    metadata, clauses = parse(Document("", "text", "", text, (Span(0, len(text)),)))
    found = classify(clauses, metadata, points=Points(0.0, 0.0))
    lexicon, best = load_lexicon(), [0.0, 0.0]
    titled = lexicon.anchored(lexicon.mask(metadata.title))
    for clause, above, chance in zip(clauses, found.above, found.relevance, strict=True):
        credit = titled or lexicon.anchored(lexicon.mask(clause.text)) or lexicon.anchored(lexicon.mask(above))
        place = 0 if credit or names_a_measure(clause.text) else 1
        best[place] = max(best[place], chance)
    return best[0], best[1]


def main() -> None:
    texts = [each for hand in (*HANDS, "h") for each in kinds(hand)]
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(chances, [row["text"] for _, row in texts], chunksize=32))
    print("\t".join(["有词的", "无词的", *_KINDS]))
    for worded in _WORDED:
        for alone in _ALONE:
            shares = []
            for kind in _KINDS:
                hits = [
                    one >= worded or other >= alone
                    for (named, _), (one, other) in zip(texts, found, strict=True)
                    if named == kind
                ]
                shares.append(f"{sum(hits)}/{len(hits)}")
            mark = "（所用）" if (worded, alone) == POINTS else ""
            print("\t".join([f"{worded:.2f}", f"{alone:.2f}{mark}", *shares]))


if __name__ == "__main__":
    main()
