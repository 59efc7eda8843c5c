"""Run by benchmarks.simulation in the environment that has asreview: texts and labels in as JSON, orders of reading out."""

import json
import sys
from importlib.metadata import version

import numpy as np
import pandas as pd
from asreview import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.simulation.simulate import Simulate


def order(texts: pd.DataFrame, labels: np.ndarray, seed: int) -> list[int]:
    """The order in which the default model reads, from one relevant and one irrelevant document on."""
    draw = np.random.default_rng(seed)
    priors = [int(draw.choice(np.flatnonzero(labels == 1))), int(draw.choice(np.flatnonzero(labels == 0)))]
    cycle = ActiveLearningCycle.from_meta(get_ai_config()["value"])
    simulation = Simulate(texts, labels, [cycle], print_progress=False)
    simulation.label(priors)
    simulation.review()
    read = [int(record) for record in simulation._results["record_id"]]
    return [*read, *sorted(set(range(len(labels))) - set(read))]


def main() -> None:
    given = json.load(sys.stdin)
    texts = pd.DataFrame({"title": [""] * len(given["texts"]), "abstract": given["texts"]})
    labels = np.array(given["labels"])
    orders = [order(texts, labels, seed) for seed in range(given["seeds"])]
    print(json.dumps({"version": version("asreview"), "orders": orders}))


if __name__ == "__main__":
    main()
