"""Values of arguments (参数的值), checked, with Chinese messages."""

from __future__ import annotations

import argparse
from datetime import date


def iso_date(value: str) -> str:
    """A date as ISO."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{value}”不是日期，应写作 2021-01-25 这样的形式") from None


def positive(value: str) -> int:
    """A whole number from 1."""
    if not value.isdecimal() or not int(value):
        raise argparse.ArgumentTypeError(f"“{value}”应为正整数")
    return int(value)


def share_of_one(value: str) -> float:
    """A share between 0 and 1, both excluded."""
    try:
        share = float(value)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"“{value}”应为 0 与 1 之间的小数，如 0.95")
    return share
