"""Saving word vectors small must not change what they say."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import skops.io

from pipeline.classify.vectorizer import PackedTfidf

TEXTS = ["记入信用档案，向社会公布。", "泵站由乡镇管护\n每月巡查。", "列入黑名单的，不得参加投标。", "每月巡查，记入台账。"]


def test_a_saved_vectorizer_says_the_same_after_loading_and_copying(tmp_path: Path) -> None:
    fitted = PackedTfidf(analyzer="char", ngram_range=(1, 3), max_features=60).fit(TEXTS)
    skops.io.dump(fitted, tmp_path / "v.skops")
    loaded = skops.io.load(tmp_path / "v.skops", trusted=["pipeline.classify.vectorizer.PackedTfidf"])
    for other in (loaded, copy.deepcopy(fitted)):
        assert np.array_equal(other.transform(TEXTS).toarray(), fitted.transform(TEXTS).toarray())
        assert other.vocabulary_ == fitted.vocabulary_


def test_an_unfitted_vectorizer_can_be_saved_and_fitted_later(tmp_path: Path) -> None:
    skops.io.dump(PackedTfidf(analyzer="char"), tmp_path / "v.skops")
    loaded = skops.io.load(tmp_path / "v.skops", trusted=["pipeline.classify.vectorizer.PackedTfidf"])
    assert loaded.fit_transform(TEXTS).shape[0] == len(TEXTS)
