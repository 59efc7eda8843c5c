"""Page numbers as a person writes them."""

from __future__ import annotations

from collections.abc import Iterable


def page_list(numbers: Iterable[int]) -> str:
    """Sorted page numbers in runs: ``1、3-5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
