"""What is installed is whole: it judges as the repository does, in an empty folder, with nothing beside it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pipeline
from pipeline.archive.versions.result_versions import registry_version
from pipeline.classify import load_model
from pipeline.shipped import ANNOTATED, MODELS, ROOT
from tests.installed.conftest import Installed

AS_OF = "2021-01-25"


def test_models_and_tables_travel_inside(wheel: Path) -> None:
    inside = {name: zipfile.ZipFile(wheel).getinfo(name).file_size for name in zipfile.ZipFile(wheel).namelist()}
    for folder, place in ((MODELS, "models"), (ANNOTATED, "annotated")):
        files = [path for path in folder.rglob("*") if path.is_file() and "versions" not in path.parts]
        assert files
        for path in files:
            assert inside[f"pipeline/shipped_files/{place}/{path.relative_to(folder).as_posix()}"] == path.stat().st_size
    assert {name.split("/")[0] for name in inside if ".dist-info" not in name} == {"pipeline"}


def test_an_installed_scan_gives_the_ledger_of_the_repository(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    samples = ROOT / "data" / "raw" / "2016年"
    done = installed.run("shixin", "scan", samples, "--out", "结果", "--as-of", AS_OF, "--json", cwd=tmp_path / "空")
    assert done.returncode in (0, 1), done.stderr
    ours = pipeline.scan(samples, tmp_path / "ours", workers=2, as_of=AS_OF)
    numbers = json.loads(done.stdout)
    assert (numbers["found"], numbers["flagged"]) == (ours.found, ours.flagged)
    assert ours.flagged
    assert (tmp_path / "空" / "结果" / "ledger.xlsx").read_bytes() == (tmp_path / "ours" / "ledger.xlsx").read_bytes()


def test_the_module_says_which_version_judges(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("python", "-m", "pipeline", "--version", cwd=tmp_path)
    program, model, registry = done.stdout.splitlines()
    assert program == f"shixin {installed.wheel.name.split('-')[1]}"
    assert (model, registry) == (f"模型 {load_model().settings.version}", f"依据库 {registry_version()}")


def test_the_notebook_of_a_scan_comes_from_the_package(installed: Installed, tmp_path: Path) -> None:
    found = "import pipeline.review.book as b; print(b._REVIEW.is_file(), b.__file__)"
    done = installed.run("python", "-c", found, cwd=tmp_path)
    assert done.stdout.startswith("True"), done.stderr
    assert str(ROOT) not in done.stdout
