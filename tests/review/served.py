"""What the tests of the served page share: an archive with enough to decide, and a plain client that has the token."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from pipeline.review.desk import Served
from tests.review.conftest import WATER

SUBJECTS = (
    "取水", "排污", "施工", "监理", "勘察", "测绘", "检测", "物业", "家政", "养老", "托育", "食品", "药品", "种子",
    "农药", "饲料", "屠宰", "运输", "快递", "旅游", "培训", "中介", "评估", "拍卖",
)  # fmt: skip


def make_archive(folder: Path, documents: int) -> Path:
    """So many distinct flagged documents, the first with a script in its title."""
    folder.mkdir(parents=True)
    for number in range(documents):
        subject = SUBJECTS[number % len(SUBJECTS)]
        text = WATER.replace("取水", subject).replace("31号", f"{number + 1}号").replace("2018", str(2006 + number % 14))
        if number == 0:
            text = text.replace("信用管理办法", "信用<script>document.title='坏'</script>管理办法")
        (folder / f"{number:02}{subject}.txt").write_text(text, encoding="utf-8")
    return folder


class Client:
    """Speaks to a served page as its script does."""

    def __init__(self, page: Served):
        parts = urlsplit(page.url)
        self.root = f"{parts.scheme}://{parts.netloc}"
        self.token = parse_qs(parts.query)["token"][0]

    def get(self, path: str) -> Any:
        return json.loads(self.raw(path)[1])

    def post(self, path: str, body: Any) -> Any:
        return json.loads(self.raw(path, json.dumps(body).encode())[1])

    def raw(self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        sent = {"X-Shixin-Token": self.token, "Content-Type": "application/json"} if headers is None else headers
        request = urllib.request.Request(self.root + quote(path, safe="/?&=%"), body, sent)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()

    def refused(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
        """The code and the words of a refusal."""
        try:
            self.raw(path, None if body is None else json.dumps(body).encode(), headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        raise AssertionError(f"{path} was not refused")

    def decide(self, id_: str, decision: str, who: str = "甲", before: str = "", note: str = "") -> Any:
        return self.post("/api/decide", {"ids": [id_], "decision": decision, "note": note, "who": who, "before": {id_: before}})
