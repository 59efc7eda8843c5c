"""What makes a command (命令): its name, what its help says, its arguments, and what runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """``summary`` is the Chinese help line; ``run`` returns the exit code. What a command needs is imported when it runs,
    so that ``--help`` answers at once."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
