"""Names of bodies (机关), told by how they end."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path


@cache
def _suffixes() -> tuple[str, ...]:
    with Path(__file__).with_name("organs.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["suffix"] for row in csv.DictReader(file))


def is_organ(text: str) -> bool:
    """Whether a short line names a body, by how names of bodies end."""
    bare = re.sub(r"[（(](?:代章|盖章|章|印章)[)）]$", "", text.strip())
    return (
        2 <= len(bare) <= 30
        and bare.endswith(_suffixes())
        and not re.search(r"[，。：；《》？\d]|^[各有本请]|有关|单位$", bare)
    )
