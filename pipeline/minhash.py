"""MinHash (Broder 1997): a short signature of a set, by which the likeness of two sets is estimated without either.

The numbers are those of datasketch's 32-bit scheme, which stored results were made with; the tests compare the two. It is
written out here because datasketch brings SciPy, a third of the whole installation, for these few lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cache

import numpy as np

PERMUTATIONS = 64
_SEED = 1


def minhash(items: Collection[bytes]) -> np.ndarray:
    """The signature of a set that is not empty: `PERMUTATIONS` unsigned 32-bit numbers."""
    factors, shifts = _permutations()
    first_four = b"".join(hashlib.sha1(item, usedforsecurity=False).digest()[:4] for item in items)
    hashes = _mixed(np.frombuffer(first_four, "<u4").astype(np.uint32))
    return np.array([(hashes * factor + shift).min() for factor, shift in zip(factors, shifts, strict=True)], np.uint32)


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    """Of the 32-bit numbers: h -> factor * h + shift, one to one because every factor is odd."""
    random = np.random.RandomState(_SEED)
    factors = random.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, random.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)


def _mixed(hashes: np.ndarray) -> np.ndarray:
    """MurmurHash3's finaliser: every bit of the hash comes to bear on every other."""
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        hashes = (hashes ^ (hashes >> np.uint32(shift))) * np.uint32(factor)
    return hashes ^ (hashes >> np.uint32(16))
