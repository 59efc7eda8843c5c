"""Installing: a damaged bundle is refused before anything is done, and what was installed before comes back on failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bundle import gather, install, start
from bundle.install import Failed


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "安装包"
    (folder / "program" / "wheels").mkdir(parents=True)
    (folder / "program" / "wheels" / "甲.whl").write_bytes(b"1")
    (folder / "program" / "python-version").write_text("3.11\n", encoding="ascii")
    (folder / "使用说明.html").write_text("说明", encoding="utf-8")
    gather.write_sums(folder)
    monkeypatch.setattr(install, "BUNDLE", folder)
    monkeypatch.setattr(install, "PROGRAM", folder / "program")
    monkeypatch.setenv("SHIXIN_HOME", str(tmp_path / "家"))
    return folder


def test_a_whole_bundle_passes_and_counts_its_files(bundle):
    assert install.check_sums() == 3


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b"2"), lambda path: path.unlink()])
def test_a_changed_or_missing_file_is_named_and_nothing_is_installed(bundle, harm, capsys, monkeypatch):
    monkeypatch.setattr(install.sys, "version_info", (3, 11, 0))
    harm(bundle / "program" / "wheels" / "甲.whl")
    assert install.main() == 2
    assert "program/wheels/甲.whl" in capsys.readouterr().out
    assert not install.home().exists()


def test_another_python_is_told_which_one_is_wanted(bundle, capsys, monkeypatch):
    monkeypatch.setattr(install.sys, "version_info", (3, 7, 3))
    assert install.main() == 2
    assert "要用 Python 3.11，本机运行的是 Python 3.7" in capsys.readouterr().out


def test_what_was_installed_comes_back_where_the_new_one_fails(bundle, monkeypatch):
    environment = install.home() / "env"
    environment.mkdir(parents=True)
    (environment / "旧").touch()

    def fail(folder, environment):
        environment.mkdir()
        raise Failed("坏")

    monkeypatch.setattr(install, "build", fail)
    with pytest.raises(Failed):
        install.install(install.home())
    assert [path.name for path in environment.iterdir()] == ["旧"]
    assert not (install.home() / "env.before").exists()


def test_a_model_taught_here_is_kept_when_the_program_is_replaced(bundle, monkeypatch, capsys):
    models = install.home() / "env" / "lib" / "pipeline" / "shipped_files" / "models"
    (models / "versions" / "1").mkdir(parents=True)
    (models / "model.json").write_text("{}", encoding="ascii")
    monkeypatch.setattr(install, "build", lambda folder, environment: environment.mkdir())
    install.install(install.home())
    assert (install.home() / "models.before" / "model.json").is_file()
    assert "train --from" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "spare"),
    [
        ("numpy/tests/a.py", True),
        ("spacy/tokens/doc.pyx", True),
        ("jieba/posseg/prob_emit.p", True),
        ("pipeline/learn/card.txt", False),
        ("tests.py", False),
        ("pdfminer/cmap/GBK-EUC-H.pickle.gz", False),
    ],
)
def test_only_what_no_run_needs_is_left_out(name, spare):
    assert install.is_spare(Path(name)) is spare


def test_results_lie_beside_the_archive_or_in_the_home_where_that_is_read_only(tmp_path, monkeypatch):
    monkeypatch.setattr(start.Path, "home", lambda: tmp_path / "我")
    (tmp_path / "历年文件").mkdir()
    assert start._out_of(tmp_path / "历年文件") == tmp_path / "历年文件_筛查结果"
    monkeypatch.setattr(start.os, "access", lambda path, mode: False)
    assert start._out_of(tmp_path / "历年文件") == tmp_path / "我" / "历年文件_筛查结果"


@pytest.mark.parametrize(
    "said", ["'/档案/历年 文件'", '"/档案/历年 文件"', "/档案/历年\\ 文件", "/档案/历年 文件", "file:///档案/历年 文件"]
)
def test_a_dropped_folder_is_understood_as_terminals_write_it(said, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda ask: said)
    assert start._asked() == Path("/档案/历年 文件")
