"""Refusals (拒绝): errors that carry the sentence, in Chinese, that a user reads: what happened, what is safe, what to do."""

from __future__ import annotations


class Refusal(Exception):
    """Work that is not done. ``str`` of it is the whole sentence; the command line prints that and exits with 2."""
