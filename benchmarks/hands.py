"""How the product does on hands that nothing was learnt from, and on ordinary material: `python -m benchmarks.hands [t u w]`.

``benchmarks/unseen`` holds what writers made for measuring alone: documents, one measure in four wordings, measures in ten
frames, single clauses, court cases, news and saved pages, ordinary papers. Nothing of it is trained on; the document's
operating point was chosen on curves that include hands T and U; hand W was first measured after that.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from typing import Any

import numpy as np

from pipeline.classify import load_model
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.classify.model import present
from pipeline.classify.near.features import joined
from pipeline.learn import Share
from pipeline.screening import screen
from pipeline.shipped import ROOT
from pipeline.structure import IN_SCOPE

UNSEEN = ROOT / "benchmarks" / "unseen"


HANDS = ("t", "u", "w")
_CASES = 60  # of each hand's cases the first are judgments and news, the rest saved pages


def rows(hand: str, name: str) -> list[dict[str, Any]]:
    """What a hand wrote of a kind; nothing where it wrote none."""
    file = UNSEEN / f"{hand}_{name}.jsonl"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


_POLICY = ("", *IN_SCOPE)


def flagged(found: Iterable[dict[str, Any]]) -> Share:
    said = [screen(row["text"]).flagged for row in found]
    return Share(sum(said), len(said))


def found_or_shown(relevant: Iterable[dict[str, Any]]) -> Share:
    """What is found; of what the notice does not ask for (a speech, a contract: DOMAIN, section 1) also what is shown apart."""
    rows = list(relevant)
    said = [screen(row["text"]) for row in rows]
    shown = [each.flagged or (each.mentioned and row["material"] not in _POLICY) for row, each in zip(rows, said, strict=True)]
    return Share(sum(shown), len(shown))


def function_scores(found: list[dict[str, Any]]) -> dict[str, float]:
    """F1 of each function on single relevant clauses."""
    model = load_model()
    chances = model.probabilities([joined(row["text"], row["context"]) for row in found])
    said = present(chances, 0.0, model.settings)
    truth = np.array([[name in row["functions"] for name in FUNCTIONS] for row in found])
    hits, named, real = (said & truth).sum(axis=0), said.sum(axis=0), truth.sum(axis=0)
    return {name: float(2 * hits[i] / max(named[i] + real[i], 1)) for i, name in enumerate(FUNCTIONS)}


def shares(hand: str) -> dict[str, Share]:
    """What is flagged of each kind of one hand's texts."""
    documents, frames, cases = rows(hand, "documents"), rows(hand, "frames"), rows(hand, "cases")
    ordinary = [row for row in documents if row["tier"] == "ordinary"]
    return {
        "未学过的撰写人：命中": flagged(row for row in documents if row["relevant"]),
        "查全率（非政策文件中提到的也算）": found_or_shown(row for row in documents if row["relevant"]),
        "其中夹带的": found_or_shown(row for row in documents if row["tier"] == "embedded"),
        "难负例误报": flagged(row for row in documents if row["tier"] == "hard"),
        "普通文件误报": flagged([*ordinary, *rows(hand, "ordinary")]),
        "换说法查全率": flagged(rows(hand, "rewordings")),
        "框架查全率": flagged(row for row in frames if row["relevant"]),
        "口号误报": flagged(row for row in frames if not row["relevant"]),
        "判决和新闻误报": flagged(cases[:_CASES]),
        "网页误报": flagged(cases[_CASES:]),
    }


def speed(hand: str) -> float:
    """Megabytes of text screened a CPU second, looking for bases included."""
    text = "\n".join(row["text"] for row in rows(hand, "documents")) * 4
    began = time.process_time()
    screen(text)
    return len(text.encode()) / 1e6 / (time.process_time() - began)


def main() -> None:
    for hand in sys.argv[1:] or HANDS:
        print(f"撰写人 {hand.upper()}")
        for name, share in shares(hand).items():
            if share.total:
                print(f"{name}\t{share}")
        if not rows(hand, "functions"):
            continue
        scores = function_scores(rows(hand, "functions"))
        print("各环节 F1\t" + "\t".join(f"{name} {score:.3f}" for name, score in scores.items()))
        print(f"各环节 F1 平均\t{np.mean(list(scores.values())):.3f}")
    print(f"筛查速度\t{speed(HANDS[0]):.2f} MB/秒（单核，含依据查找）")


if __name__ == "__main__":
    main()
