"""The served page in a real browser: keys, double presses, undo, a killed server, two people, scripts in documents."""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.archive import decided
from pipeline.review import served
from tests.review.served import make_archive

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

DOCUMENTS = 22
CHOICES = ("保留", "修订", "立法", "废止", "不列入")
_WAIT = 60_000  # ms; a busy machine


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("浏览器")
    pipeline.scan(make_archive(folder / "档案", DOCUMENTS), folder / "out", workers=1, as_of="2021-01-25")
    return folder / "out"


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "out"))


@pytest.fixture(scope="module")
def browser() -> Iterator:
    with playwright.sync_playwright() as tool:
        made = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


def opened(browser, address: str, width: int = 1366, height: int = 768):
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(_WAIT)
    page.goto(address)
    page.wait_for_selector("#view .sx-title")
    settle(page)
    return page


def settle(page) -> None:
    """Until the document is shown and a key may decide it."""
    page.wait_for_function("() => shown && shown.id === current && armed()")


def press(page, key: str) -> str:
    """One decision by key; the id of the document that it was made on."""
    settle(page)
    id_ = page.evaluate("current")
    page.keyboard.press(key)
    page.wait_for_function("id => decided.has(id)", arg=id_)
    return id_


def written(page) -> None:
    page.evaluate("lastWrite")


def command(out: Path) -> tuple[subprocess.Popen, str]:
    """The command as a person starts it; its process and the address that it prints."""
    arguments = [sys.executable, "-m", "pipeline", "review", str(out), "--name", "甲", "--no-open"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert process.stdout
    line = process.stdout.readline()
    assert "http://127.0.0.1:" in line, line
    return process, line.split("：", 1)[1].strip()


def test_twenty_by_keys_three_undone_and_all_there_after_a_kill(browser, out: Path) -> None:
    process, address = command(out)
    try:
        page = opened(browser, address)
        strokes, expected = [], {}
        for number in range(20):
            key = str(number % 5 + 1)
            expected[press(page, key)] = CHOICES[number % 5]
            strokes.append(1)
        assert len(expected) == 20 and statistics.median(strokes) <= 2
        for _ in range(3):
            written(page)
            page.keyboard.press("u")
            written(page)
        gone = list(expected)[-3:]
        page.wait_for_function("ids => ids.every(id => !decided.has(id))", arg=gone)
        for id_ in gone:
            del expected[id_]
        assert {id_: each.decision for id_, each in decided(out).items()} == expected
        page.reload()
        page.wait_for_function(f"() => decided.size === {len(expected)}")
        process.kill()
        process.wait(20)
        page.close()
        process, address = command(out)
        page = opened(browser, address)
        assert set(page.evaluate("[...decided]")) == set(expected)
        assert page.locator("#count").inner_text() == f"已决定 {len(expected)}/{DOCUMENTS}"
        page.close()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0 and "复核已结束" in said and f"已决定 {len(expected)} 个" in said
    finally:
        process.kill()


def test_a_double_press_decides_one_document(browser, out: Path) -> None:
    with served(out, name="甲").in_background() as serving:
        page = opened(browser, serving.address("甲"))
        page.evaluate("Promise.all(listing.ids.slice(0, 3).map(view))")  # the next is there at once: the hardest case
        settle(page)
        first = page.evaluate("current")
        # three presses within the same moment, as a finger that trembles, and one as soon as the next document is there
        page.evaluate(
            """async (first) => {
              const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "1", code: "Digit1", bubbles: true}));
              press(); press(); press();
              while (!(shown && shown.id === current && current !== first)) await new Promise((done) => setTimeout(done));
              press();
            }""",
            first,
        )
        written(page)
        assert list(decided(out)) == [first]
        assert "已决定：保留" in page.locator("#toast").inner_text() and "撤销" in page.locator("#toast").inner_text()
        page.close()


def test_two_browsers_at_once(browser, out: Path) -> None:
    with served(out, name="甲").in_background() as serving:
        one, two = opened(browser, serving.address("甲")), opened(browser, serving.address("乙"))
        id_ = press(one, "1")
        two.wait_for_function("id => decided.has(id)", arg=id_)
        assert "甲" in two.locator("#news").inner_text()
        two.evaluate("id => open(id)", id_)
        settle(two)
        assert two.locator("#choices button[aria-pressed=true]").inner_text().startswith("保留")
        two.keyboard.press("4")  # having seen it, one may decide otherwise
        written(two)
        one.wait_for_function("id => listing.facts.get(id).who === '乙'", arg=id_)
        assert {each.decision for each in decided(out).values()} == {"废止"}
        one.close()
        two.close()


def test_a_script_in_a_title_does_nothing(browser, out: Path) -> None:
    with served(out, name="甲").in_background() as serving:
        page = opened(browser, serving.address("甲"))
        page.locator("#search").fill("<script>")
        page.keyboard.press("Enter")
        page.wait_for_function(
            "() => shown && shown.title.includes('<script>') && document.querySelector('#list b').textContent.includes('<script>')"
        )
        assert page.title() == "失信约束文件复核"
        assert "<script>" in page.locator("#view .sx-title").inner_text()
        page.close()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_the_decision_and_the_document_are_in_sight(browser, out: Path, width: int, height: int) -> None:
    with served(out, name="甲").in_background() as serving:
        page = opened(browser, serving.address("甲"), width, height)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"
        )
        for place in ("#choices", "#undo", "#list", "#view"):
            box = page.locator(place).bounding_box()
            assert box["x"] >= 0 and box["y"] >= 0
            assert box["x"] + box["width"] <= width + 1 and box["y"] + box["height"] <= height + 1
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#choices') !== null")  # tab order starts at the decision
        page.close()


def test_keys_search_evidence_help_and_lines(browser, out: Path) -> None:
    with served(out, name="甲").in_background() as serving:
        page = opened(browser, serving.address("甲"))
        page.keyboard.press("?")
        assert page.locator("#help").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#help").is_visible()
        page.keyboard.press("n")
        assert page.locator("#view .sx-here").count() == 1
        first = page.evaluate("current")
        page.keyboard.press("j")
        page.wait_for_function("id => current !== id && shown.id === current", arg=first)
        page.keyboard.press("k")
        page.wait_for_function("id => current === id && shown.id === id", arg=first)
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "search"
        page.keyboard.press("Escape")
        lines = page.locator("#view .lines tbody tr")
        before = lines.count()
        lines.first.get_by_role("button", name="删").click()
        page.wait_for_selector("#view .lines tr.struck")
        text = page.locator("#view .sx-clause .sx-text").last
        text.evaluate(
            "node => { const r = document.createRange(); r.selectNodeContents(node); getSelection().removeAllRanges(); getSelection().addRange(r); }"
        )
        page.keyboard.press("a")
        page.locator("#view .editor input[value=共享]").check()
        page.locator("#view .editor button.main").click()
        page.get_by_text("人工增列").wait_for()
        assert lines.count() == before + 1
        page.close()
