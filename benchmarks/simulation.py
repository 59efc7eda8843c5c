"""How many real documents must be read to find them all, beside ASReview: `python -m benchmarks.simulation`.

Where the package asreview is installed in an environment of its own (`make bench` does so), its own simulation runs on the
same labels and texts in the same run, and our rebuilding of its default model must find what it finds.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from benchmarks.documents import SHARED, label_of, labelled
from pipeline.audit.simulate import Curve, segmented, simulate_judged
from pipeline.learn.evaluation import Judged
from pipeline.screening import screen

ASREVIEW = Path(__file__).resolve().parents[1] / ".venv-asreview" / "bin" / "python"
_SCRIPT = Path(__file__).with_name("asreview_simulation.py")
_SEEDS = 5


def main() -> None:
    documents = [Judged(label_of(row), screen(document)) for row, document in labelled(SHARED)]
    found = simulate_judged(documents)
    curves = [*found.curves, *asreview_curves(documents)]
    print(f"文件\t{found.documents}，其中相关 {found.relevant}")
    print("方法\t查全 95% 需读\t查全 100% 需读\tWSS@95\tWSS@100")
    for curve in curves:
        reads = [f"{curve.read_for(recall):.1f}" for recall in (0.95, 1.0)]
        print("\t".join([curve.name, *reads, f"{curve.saved(0.95):.3f}", f"{curve.saved(1.0):.3f}"]))
    stopped = found.stopped
    print(
        f"停止规则（查全 {stopped.goal:.0%}）\t平均读 {stopped.read:.0f}\t平均查全 {stopped.recall:.3f}\t达标比例 {stopped.kept:.3f}"
    )


def asreview_curves(documents: list[Judged]) -> list[Curve]:
    """The package's own simulation, a mean over as many draws of the first two documents; nothing where it is not installed."""
    if not ASREVIEW.exists():
        return []
    relevant = [int(each.label.relevant) for each in documents]
    texts = [segmented(each.screening.document.text) for each in documents]
    given = json.dumps({"texts": texts, "labels": relevant, "seeds": _SEEDS})
    with tempfile.TemporaryDirectory() as scratch:  # the package leaves a cache where it is run
        run = subprocess.run([ASREVIEW, _SCRIPT], input=given, capture_output=True, text=True, check=True, cwd=scratch)
    orders = json.loads(run.stdout.splitlines()[-1])
    runs = np.array([[0, *np.cumsum(np.array(relevant)[order])] for order in orders["orders"]])
    return [Curve(f"ASReview {orders['version']} 本身", runs)]


if __name__ == "__main__":
    main()
