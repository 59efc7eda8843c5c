"""The page for a browser: complete in itself, safe against what documents contain, and its decisions come back."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pipeline.archive import decide
from pipeline.review import Scan, write_page
from tests.review.conftest import HOSTILE

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class _Scripts(HTMLParser):
    """The scripts of a page, as a browser sees them."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[dict, str]] = []
        self._in: dict | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._in = dict(attrs) if tag == "script" else None

    def handle_data(self, data: str) -> None:
        if self._in is not None:
            self.found.append((self._in, data))

    def handle_endtag(self, tag: str) -> None:
        self._in = None


def test_only_our_own_script_may_run(scan: Scan) -> None:
    page = write_page(scan).read_text(encoding="utf-8")
    data, program = _Scripts(page).found
    allowed = re.findall(r"script-src 'sha256-([^']+)'", page)
    assert allowed == [base64.b64encode(hashlib.sha256(program[1].encode()).digest()).decode()]
    assert data[0]["type"] == "application/json"
    assert HOSTILE not in page


def test_the_page_holds_every_hit_with_its_decision(scan: Scan, out: Path) -> None:
    item = scan.find("取水企业")
    decide(out, item.document_id, "废止", "无依据")
    page = write_page(scan).read_text(encoding="utf-8")
    known = {each["id"]: each for each in json.loads(_Scripts(page).found[0][1])["items"]}
    assert set(known) == {each.document_id for each in scan.items if each.flagged}
    assert (known[item.document_id]["decision"], known[item.document_id]["note"]) == ("废止", "无依据")
    assert all(f'<template id="d-{id_}">' in page for id_ in known)


def test_the_page_needs_no_other_file(scan: Scan) -> None:
    page = write_page(scan).read_text(encoding="utf-8")
    assert not re.search(r"(?:https?:)//|@import|url\(|\bsrc=|<link", page)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_the_page_works_in_a_browser(scan: Scan, out: Path, tmp_path: Path) -> None:
    decide(out, scan.find("取水企业").document_id, "废止")
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path / '浏览器'}",
        "--dump-dom",
    ]
    shown = subprocess.run([*command, write_page(scan).as_uri()], capture_output=True, timeout=60, check=True).stdout.decode()
    assert "命中文件已决定 1/2" in shown
    assert "【废止】" in shown


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_the_page_has_the_same_keys(scan: Scan) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=str(BROWSER), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(write_page(scan).as_uri())
        first = page.evaluate("current")
        page.wait_for_function("() => armed()")
        page.keyboard.press("4")
        page.keyboard.press("4")  # a double press decides one document
        assert page.evaluate("[...memory.values()].map(each => each.decision)") == ["废止"]
        assert page.evaluate("current") != first and "撤销" in page.locator("#toast").inner_text()
        page.keyboard.press("u")
        assert page.evaluate("memory.size") == 0 and page.evaluate("current") == first
        page.keyboard.press("n")
        assert page.locator("#view .sx-here").count() == 1
        page.keyboard.press("?")
        assert page.locator("#help").is_visible() and "原件" not in page.locator("#help").inner_text()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("推送至")
        page.keyboard.press("Enter")
        assert page.locator("#list button").count() == 1
        browser.close()
