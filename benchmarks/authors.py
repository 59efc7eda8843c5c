"""How much of the figures is the writers' own style: `python -m benchmarks.authors`.

Our annotations were written by a few people, told apart by the first letter of their batches. Here each one's clauses and
short documents are judged by a model that saw nothing of theirs.
"""

from __future__ import annotations

import numpy as np

from pipeline.classify.model import Model, load_model
from pipeline.learn import Share
from pipeline.learn.annotations import annotated, is_ordinary, read_annotations
from pipeline.learn.cross_validation import figures, folds, judge, out_of_fold, settle, taught
from pipeline.learn.held_out import measure_documents
from pipeline.learn.linear import fit_far
from pipeline.learn.training import new_classifier

_SHOWN = ("查全率", "误报率", "各环节平均")


def main() -> None:
    data = read_annotations()
    writers = np.array([group.partition("_")[0] for group in data.groups])
    names, by_writer = np.unique(writers, return_inverse=True)
    for name, fold in (("同一批次、领域分开", folds(data)), ("撰写人分开", by_writer)):
        values = out_of_fold(new_classifier(), data, fold)[0]
        found = figures(data, judge(values, data.labels, fold))
        cells = (
            f"{key} {found.values[key]:.3f} [{found.intervals[key][0]:.3f}, {found.intervals[key][1]:.3f}]" for key in _SHOWN
        )
        print(f"条款（{name}）\t" + "\t".join(cells))
    total: dict[str, Share] = {}
    for number, name in enumerate(names):
        others = np.flatnonzero(by_writer != number)
        rows = [row for batch, row in annotated("documents") if batch.startswith(name)]
        learnt = data.take(others)
        far = fit_far(learnt, is_ordinary(learnt))
        model = Model(
            taught(new_classifier(), learnt).judge_, settle(values[others], learnt.labels), far, load_model().material
        )
        for key, share in measure_documents(rows, model).items():
            so_far = total.get(key, Share(0, 0))
            total[key] = Share(so_far.hits + share.hits, so_far.total + share.total)
    for key, share in total.items():
        print(f"短文件（撰写人分开）{key}\t{share}")


if __name__ == "__main__":
    main()
