"""Versions: what is replaced is kept, can be put back, and a crash at any moment leaves one whole model."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from pipeline.classify import load_model
from pipeline.classify.model import FILES, SETTINGS_FILE, Settings, finish_move
from pipeline.classify.near.stack import NEAR_FILE
from pipeline.cli import main
from pipeline.learn import VersionError, list_versions, rollback
from pipeline.learn.versions import put_in_place, require_writable
from pipeline.shipped import MODELS


def model(folder: Path, version: str) -> Path:
    """A folder with a model's files; each but the settings says only which version it is of."""
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_text(version if name != "metrics.json" else f'{{"trained": "{version}", "recall": 0.9}}')
    (folder / SETTINGS_FILE).write_bytes(msgspec.json.encode(Settings({}, 0.2, 0.5, {}, version)))
    return folder


def whole(folder: Path) -> str:
    """The version whose files all lie in the folder, after whatever was interrupted is finished as on loading."""
    finish_move(folder)
    version = msgspec.json.decode((folder / SETTINGS_FILE).read_bytes(), type=Settings).version
    assert all(version in (folder / name).read_text() for name in FILES)
    return version


def test_what_is_replaced_is_kept_and_listed(tmp_path: Path) -> None:
    folder = model(tmp_path / "models", "v1")
    put_in_place(model(tmp_path / "new2", "v2"), folder)
    put_in_place(model(tmp_path / "new3", "v3"), folder)
    assert [(each.version, each.in_use) for each in list_versions(folder)] == [("v3", True), ("v2", False), ("v1", False)]
    assert list_versions(folder)[1].figures == {"recall": 0.9}
    assert whole(folder) == "v3"


@pytest.mark.parametrize("moves", range(9))
def test_a_crash_at_any_move_leaves_one_whole_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int) -> None:
    folder, new = model(tmp_path / "models", "v1"), model(tmp_path / "new", "v2")
    replace, left = Path.replace, iter(range(moves))

    def crashing(path: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", crashing)
    crashed = True
    try:
        put_in_place(new, folder)
        crashed = False
    except KeyboardInterrupt:
        pass
    monkeypatch.undo()
    assert crashed == (moves < 2 + len(FILES))
    assert whole(folder) == ("v1" if moves < 2 else "v2")
    put_in_place(new, folder)
    assert whole(folder) == "v2"
    assert [each.version for each in list_versions(folder)] == ["v2", "v1"]


def test_the_shipped_model_comes_back_after_a_rollback(tmp_path: Path) -> None:
    folder, other = tmp_path / "models", model(tmp_path / "other", "v2")
    put_in_place(MODELS, folder)
    shipped = load_model(folder).settings.version
    put_in_place(other, folder)
    assert rollback(shipped, folder).version == shipped
    assert (folder / NEAR_FILE).read_bytes() == (MODELS / NEAR_FILE).read_bytes()
    assert load_model(folder).probabilities(["‖对提供虚假材料的企业列入黑名单，三年内不得申报。"])[0, 0] > 0.5


def test_a_version_that_is_not_there_or_cannot_be_loaded_changes_nothing(tmp_path: Path) -> None:
    folder = model(tmp_path / "models", "v1")
    put_in_place(model(tmp_path / "new", "v2"), folder)
    with pytest.raises(VersionError, match="可以恢复的版本：v1"):
        rollback("v9", folder)
    with pytest.raises(VersionError, match="没有保存过"):
        rollback("../new", folder)
    with pytest.raises(VersionError, match="不能恢复"):
        rollback("v1", folder)
    assert whole(folder) == "v2"


def test_a_folder_that_cannot_be_written_to_is_refused_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("一个文件，不是目录")
    with pytest.raises(VersionError, match="不能写入"):
        require_writable(tmp_path / "models")


def test_the_command_lists_the_model_in_use_and_refuses_an_unknown_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--list", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)["versions"][0]
    assert first["in_use"] and first["version"] == load_model().settings.version
    assert main(["train", "--rollback", "没有这个"]) == 2
    assert "没有保存过版本" in capsys.readouterr().err
