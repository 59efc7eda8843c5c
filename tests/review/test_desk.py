"""The served page's answers: who may ask, what is kept and taken back, two people, lines, filters, groups, the file."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline
from pipeline.archive import decided, history
from pipeline.classify.lexicon import FUNCTIONS
from pipeline.decisions import FILE, Journal
from pipeline.learn import Annotations, lessons
from pipeline.ledger import read_ledger
from pipeline.review import served
from pipeline.review.desk.serving import PortTaken
from tests.review.served import Client, make_archive


@pytest.fixture
def client(out: Path) -> Iterator[Client]:
    with served(out, name="甲").in_background() as page:
        yield Client(page)


def ids(client: Client, filters: str = "") -> list[str]:
    return client.get(f"/api/order?{filters}")["ids"]


def test_nobody_without_the_token_is_answered(client: Client) -> None:
    for path in ("/", "/api/start", "/api/order", "/file/x", "/page/x/1"):
        code, said = client.refused(path, headers={})
        assert code == 403 and "口令" in said
    (first, *_) = ids(client)
    # a token in the address is not enough to write: another page could not set the header
    code, _ = client.refused(f"/api/decide?token={client.token}", {"ids": [first], "decision": "保留"}, headers={"X": "1"})
    assert code == 403


def test_another_name_for_this_machine_leads_nowhere(client: Client) -> None:
    code, _ = client.refused("/api/start", headers={"Host": "evil.example", "X-Shixin-Token": client.token})
    assert code == 400


def test_the_page_listens_on_loopback_only(out: Path) -> None:
    page = served(out)
    assert page._socket.getsockname()[0] == "127.0.0.1"
    with pytest.raises(PortTaken, match="端口"):
        served(out, port=page.port)
    page._socket.close()


def test_a_decision_is_in_the_journal_at_once(client: Client, out: Path) -> None:
    (first, *_) = ids(client)
    client.decide(first, "废止", note="无依据")
    assert (decided(out)[first].decision, decided(out)[first].note) == ("废止", "无依据")
    assert set(history(out)["何人"]) == {"甲"}


def test_what_is_taken_back_is_the_last_wherever_it_was(client: Client, out: Path) -> None:
    first, second = ids(client)
    client.decide(first, "保留", note="好")
    client.decide(first, "废止", before="保留")
    client.decide(second, "修订")
    assert client.post("/api/undo", {"who": "甲"})["items"][0]["id"] == second
    told = client.post("/api/undo", {"who": "甲"})["items"][0]
    assert (told["id"], told["decision"], told["note"]) == (first, "保留", "好")
    assert {id_: each.decision for id_, each in decided(out).items()} == {first: "保留"}
    client.post("/api/undo", {"who": "甲"})
    assert decided(out) == {}
    assert client.refused("/api/undo", {"who": "甲"})[0] == 409


def test_two_people_see_each_other_and_do_not_overwrite(client: Client) -> None:
    first, second = ids(client)
    seq = client.get("/api/news?since=0")["seq"]
    client.decide(first, "保留", who="甲")
    client.decide(second, "废止", who="乙")
    news = client.get(f"/api/news?since={seq}")["items"]
    assert {(each["id"], each["decision"], each["who"]) for each in news} == {(first, "保留", "甲"), (second, "废止", "乙")}
    code, said = client.refused("/api/decide", {"ids": [first], "decision": "废止", "who": "乙", "before": {first: ""}})
    assert code == 409 and "甲" in said and "保留" in said
    client.decide(first, "废止", who="乙", before="保留")  # having seen it, one may
    code, said = client.refused("/api/undo", {"who": "甲"})
    assert code == 409 and "乙" in said


def test_what_another_program_writes_is_seen(client: Client, out: Path) -> None:
    from pipeline.archive import decide

    (first, *_) = ids(client)
    decide(out, first, "立法", who="丙")
    news = client.get("/api/news?since=0")["items"]
    assert [(each["decision"], each["who"]) for each in news] == [("立法", "丙")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"ids": ["0" * 16], "decision": "保留"}, 404),
        ({"ids": ["0" * 16], "decision": "随便"}, 400),
        ({"ids": 3}, 400),
        ([], 400),
    ],
)
def test_what_is_not_understood_is_refused_and_changes_nothing(client: Client, out: Path, body: object, code: int) -> None:
    assert client.refused("/api/decide", body)[0] == code
    assert decided(out) == {}


def test_lines_are_struck_relabelled_kept_and_added(client: Client, out: Path) -> None:
    id_ = next(each for each in ids(client) if "取水" in client.get(f"/api/view/{each}")["title"])
    view = client.get(f"/api/view/{id_}")
    lines = view["lines"]
    assert len(lines) > 1

    def act(**edit: object) -> list[dict]:
        version = client.post("/api/facts", [id_])[0]["lines_version"]
        return client.post("/api/edit", {"id": id_, "edit": edit, "who": "甲", "before": version})["lines"]

    assert act(act="strike", line=lines[0]["id"])[0]["state"] == "已删去"
    assert act(act="keep", line=lines[1]["id"])[1]["state"] == "已核对"
    changed = act(act="relabel", line=lines[1]["id"], functions=["公开", "认定"], measure="", bases="《云州市信用条例》第九条")[
        1
    ]
    assert (changed["functions"], changed["bases"]) == (["认定", "公开"], "《云州市信用条例》第九条")
    added = act(act="add", functions=["共享"], start=start_of(out, id_, "推送至"), end=start_of(out, id_, "推送至") + 12)[-1]
    assert added["state"] == "人工增列" and "推送至市公共信用信息" in added["content"]
    client.decide(id_, "修订")
    pipeline.archive.rewrite_outputs(out)
    (row,) = (row for row in read_ledger(out / "ledger.xlsx").rows if row.document_id == id_)
    assert len(row.details) == len(lines)  # one struck, one added
    assert any("推送至市公共信用信息" in line.content for line in row.details)
    assert any(line.functions == "认定、公开" for line in row.details)
    learnt = lessons(out)
    taught = {
        text.partition("‖")[2].strip()[:4]: set(row) for text, row in zip(learnt.texts, functions_of(learnt), strict=True)
    }
    assert taught["取水企业"] >= {"认定", "公开"} and "共享" in taught["有关部门"]
    assert act(act="restore", line=lines[0]["id"])[0]["state"] == ""


def functions_of(learnt: Annotations) -> list[list[str]]:
    return [[name for name, has in zip(FUNCTIONS, row[1:], strict=True) if has] for row in learnt.labels]


def start_of(out: Path, id_: str, words: str) -> int:
    from pipeline.review import open_scan

    return open_scan(out).screening(id_).document.text.index(words)


def test_lines_that_somebody_else_changed_are_shown_first(client: Client) -> None:
    (id_, *_) = ids(client)
    line = client.get(f"/api/view/{id_}")["lines"][0]["id"]
    edit = {"id": id_, "edit": {"act": "strike", "line": line}, "who": "甲", "before": "0"}
    client.post("/api/edit", edit)
    code, said = client.refused("/api/edit", edit | {"who": "乙"})
    assert code == 409 and "他人" in said


def test_filters_and_search(client: Client, out: Path) -> None:
    assert len(ids(client, "pick=全部")) == 3
    assert len(ids(client, "year=2019")) == 1
    assert len(ids(client, "issuer=云州市水务局")) == 1
    assert len(ids(client, "text=12号")) == 1  # in the number
    assert len(ids(client, "text=公共信用信息平台")) == 1  # in the words of one document only
    assert ids(client, "function=修复") and ids(client, "format=pdf") == []
    first, second = ids(client)
    client.decide(first, "保留", who="乙")
    assert ids(client) == [second, first]  # the undecided first
    assert ids(client, "reviewer=乙") == [first] and ids(client, "state=未决定") == [second]


def test_like_documents_are_decided_and_taken_back_together(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "档案", 4)
    for number in (2, 3):  # the same form for another year and company
        text = (archive / "01排污.txt").read_text(encoding="utf-8").replace("伪造计量数据", f"伪造第{number}批数据")
        (archive / f"同类{number}.txt").write_text(text.replace("2号", f"{number}9号"), encoding="utf-8")
    pipeline.scan(archive, tmp_path / "out", workers=1, as_of="2021-01-25")
    with served(tmp_path / "out").in_background() as page:
        client = Client(page)
        views = [client.get(f"/api/view/{each}") for each in ids(client)]
        group = next(view for view in views if view["like"])
        together = [group["id"], *(each["id"] for each in group["like"])]
        client.post("/api/decide", {"ids": together, "decision": "废止", "who": "甲", "before": {}})
        assert set(decided(tmp_path / "out")) == set(together)
        client.post("/api/undo", {"who": "甲"})
        assert decided(tmp_path / "out") == {}


def test_the_file_is_handed_over_and_nothing_of_it_runs(client: Client) -> None:
    (id_, *_) = ids(client)
    code, body = client.raw(f"/file/{id_}?token={client.token}")
    assert code == 200 and "信用管理办法" in body.decode()
    assert client.refused(f"/page/{id_}/1?token={client.token}")[0] == 404  # a text file has no page


def test_a_sealed_document_is_refused_in_words(client: Client, out: Path) -> None:
    from openpyxl import load_workbook

    from pipeline.archive import seal_out, take_problem_sheet

    for id_ in ids(client):
        client.decide(id_, "废止")
    pipeline.archive.rewrite_outputs(out)
    from pipeline.archive import confirm

    confirm(out, out / "ledger.xlsx", who="甲")
    book = load_workbook(out / "问题文件处理表.xlsx")
    for row in book.active.iter_rows(min_row=4):
        row[5].value = "已看，不是"
    book.save(out / "表.xlsx")
    take_problem_sheet(out, out / "表.xlsx")
    seal_out(out, without_audit="甲")
    code, said = client.refused("/api/decide", {"ids": [id_], "decision": "保留", "who": "甲", "before": {id_: "废止"}})
    assert code == 409 and "封存" in said


def test_the_journal_is_whole_after_review(client: Client, out: Path) -> None:
    first, second = ids(client)
    client.decide(first, "保留")
    client.decide(second, "废止")
    client.post("/api/undo", {"who": "甲"})
    with Journal(out / FILE, looking=True) as journal:
        assert journal.broken_at() == 0


def test_a_port_is_free_again_after_the_end(out: Path) -> None:
    with served(out).in_background() as page:
        port = page.port
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise AssertionError("still listening")
