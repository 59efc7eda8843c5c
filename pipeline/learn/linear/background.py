"""The background (背景): ordinary sentences of many kinds, kept as n-grams without their order, never as text.

``data/annotated/background.npz`` holds for each of some thousands of sentences the cells (`pipeline.classify.ngrams`) that it
falls into. It was made from a folder of text files, a sentence a line, a file a kind, with
``python -m pipeline.learn.linear.background FOLDER``; ``data/annotated/README.md`` names the sources.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.classify.ngrams import BITS, grams
from pipeline.shipped import ANNOTATED

FILE = "background.npz"
_LONGEST = 80  # characters of a sentence that are read
_MOST = 9_000  # sentences


def rows_of(texts: Iterable[str]) -> csr_matrix:
    """Texts x cells: how often each n-gram stands in the text, over the square root of how many n-grams it has."""
    found = [grams(text) for text in texts]
    return _matrix(found, [1 / np.sqrt(max(len(each), 1)) for each in found])


def read_background(folder: Path = ANNOTATED) -> csr_matrix:
    """The background as `rows_of` would give it, each n-gram counted once. Raises FileNotFoundError."""
    with np.load(folder / FILE, allow_pickle=False) as file:
        found = np.split(file["cells"].astype(np.int64), np.cumsum(file["counts"].astype(np.int64))[:-1])
    return _matrix(found, [1 / np.sqrt(max(len(each), 1)) for each in found])


def _matrix(found: Sequence[np.ndarray], weight: Sequence[float]) -> csr_matrix:
    values = np.concatenate([np.full(len(each), share) for each, share in zip(found, weight, strict=True)])
    ends = np.cumsum([0, *map(len, found)])
    rows = csr_matrix((values, np.concatenate(found), ends), shape=(len(found), 2**BITS))
    rows.sum_duplicates()
    return rows


def main() -> int:
    if len(sys.argv) != 2:
        print("用法：python -m pipeline.learn.linear.background 语料目录（每个文件一类，一行一句）", file=sys.stderr)
        return 2
    kinds = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in sorted(Path(sys.argv[1]).glob("*.txt"))}
    chosen = [line[:_LONGEST] for lines in kinds.values() for line in lines if line.strip()]
    random.Random(0).shuffle(chosen)
    found = [np.unique(grams(text)) for text in chosen[:_MOST]]
    np.savez_compressed(
        ANNOTATED / FILE,
        cells=np.concatenate(found).astype(np.uint32),
        counts=np.array([len(each) for each in found], dtype=np.uint16),
    )
    print(f"{len(kinds)} 类语料，取 {len(found)} 句")
    return 0


if __name__ == "__main__":
    sys.exit(main())
