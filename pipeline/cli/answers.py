"""What a command answers: an exit code, and a sentence for a person or one JSON object for a machine."""

from __future__ import annotations

import argparse
import json
from typing import Any

DONE, WITH_PROBLEMS, REFUSED = 0, 1, 2


def say(options: argparse.Namespace, value: dict[str, Any], sentence: str) -> None:
    """The result as JSON for machines, else as a sentence."""
    if options.json:
        print_json(value)
    else:
        print(sentence)


def print_json(value: object) -> None:
    """One JSON object on standard output."""
    print(json.dumps(value, ensure_ascii=False))
