"""A result is out of date when what it depends on has changed, and only then."""

from pipeline.archive.versions import result_versions as versions
from pipeline.archive.versions.result_versions import judgement_version


def test_version_stays_while_nothing_changes():
    assert judgement_version("2021-01-25") == judgement_version("2021-01-25")


def test_date_of_judgement_is_part_of_the_version():
    assert judgement_version("2021-01-25") != judgement_version("2022-01-25")


def test_users_registry_counts_by_what_it_says_and_not_by_where_it_lies(tmp_path):
    first, second = tmp_path / "一.csv", tmp_path / "一" / "一.csv"
    second.parent.mkdir()
    for path in (first, second):
        path.write_text("名称,效力级别\n甲,法律\n", encoding="utf-8")
    before = judgement_version("2021-01-25", str(first))
    assert before == judgement_version("2021-01-25", str(second)) != judgement_version("2021-01-25")
    first.write_text("名称,效力级别\n乙,法律\n", encoding="utf-8")
    assert judgement_version("2021-01-25", str(first)) != before


def test_changed_lexicon_or_model_changes_the_version(tmp_path, monkeypatch):
    (tmp_path / "model.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(versions, "MODELS", tmp_path)
    versions._rules_version.cache_clear()
    before = judgement_version("2021-01-25")
    (tmp_path / "model.json").write_text('{"flag": 0.1}', encoding="utf-8")
    versions._rules_version.cache_clear()
    after = judgement_version("2021-01-25")
    versions._rules_version.cache_clear()
    assert before != after
