"""When reading may stop (停止规则): the documents are read from the likeliest down, and the rest is sampled at planned looks.

At a look the reader has read the likeliest documents and a random sample of the rest. The null hypothesis, that recall is
still below the goal, is tested by the exact hypergeometric test of Callaghan and Müller-Hansen (2020, Statistical stopping
criteria for automated screening in systematic reviews). Looking several times and stopping at the first good look would
make the test wrong more often than it says; so the number of looks is planned and each has its part of the error
(Bonferroni). Guarantee: whoever stops when `may_stop` says so has reached the goal in at least ``confidence`` of all cases,
at whichever of the planned looks that is.
"""

from __future__ import annotations

from pipeline.audit.bounds import Stratum, missed_at_most


def may_stop(found: int, rest: Stratum, goal: float, *, looks: int = 1, confidence: float = 0.95) -> bool:
    """Whether recall has surely reached ``goal``.

    ``found`` relevant documents among those read from the top, ``rest`` the documents below with the random sample of them
    that was read; ``looks`` is how many times, at most, the reader planned to ask.
    """
    known = found + rest.found
    missed = missed_at_most([rest], 1 - (1 - confidence) / looks)
    return known >= goal * (known + missed)
