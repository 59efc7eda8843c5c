"""The routes of the served page (复核页面的接口): on loopback, for who has the token, answers in JSON, refusals in Chinese.

Starlette, because it brings routing, host checking and a thread for each request; nothing of HTTP is our own.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from pipeline.archive import Contradicted, StoreInUse
from pipeline.document import UnreadableFile
from pipeline.errors import Refusal
from pipeline.review.desk.catalogue import Filters
from pipeline.review.desk.lines import Edit
from pipeline.review.desk.source import original, page_image
from pipeline.review.desk.state import Board
from pipeline.review.display import style, templates

_TOKEN = "x-shixin-token"
_LARGEST = 1_000_000  # bytes of a request
_GUARD = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class _Decide(msgspec.Struct):
    ids: list[str]
    decision: str
    note: str = ""
    who: str = ""
    before: dict[str, str] = {}


class _Undo(msgspec.Struct):
    who: str = ""


class _EditLine(msgspec.Struct):
    id: str
    edit: Edit
    who: str = ""
    before: str = "0"


def make_app(board: Board, token: str, name: str = "") -> Starlette:
    """The application over one output folder; ``name`` stands in the page until somebody gives another."""

    def page(request: Request) -> Response:
        if not _may(request, token):
            return _no_token()
        return HTMLResponse(_page(), headers=_GUARD | {"Content-Security-Policy": _policy()})

    def start(_: Request) -> Any:
        return board.start() | {"name": board.second or name}

    def order(request: Request) -> Any:
        known = {key: value for key, value in request.query_params.items() if key in Filters._fields}
        return board.order(Filters(**known))

    def facts(_: Request, body: list[str]) -> Any:
        return board.facts(body)

    def news(request: Request) -> Any:
        since = request.query_params.get("since", "0")
        return board.news(int(since) if since.isdecimal() else 0)

    def view(request: Request) -> Any:
        return board.view(request.path_params["id"])

    def decide(_: Request, body: _Decide) -> Any:
        return {"items": board.decide(body.ids, body.decision, body.note, body.who, body.before)}

    def undo(_: Request, body: _Undo) -> Any:
        return {"items": board.undo(body.who)}

    def edit(_: Request, body: _EditLine) -> Any:
        lines = board.edit(body.id, body.edit, body.who, body.before)
        return {"lines": lines, **board.facts([body.id])[0]}

    def image(request: Request) -> Response:
        screening = board.screening(request.path_params["id"])
        png = page_image(board.out, screening, int(request.path_params["page"]))
        return Response(png, media_type="image/png", headers=_GUARD)

    def file(request: Request) -> Response:
        screening = board.screening(request.path_params["id"])
        data, name_, media, inline = original(board.out, screening)
        disposition = f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name_}"
        return Response(
            data, media_type=media, headers=_GUARD | {"Content-Disposition": disposition, "Content-Security-Policy": "sandbox"}
        )

    routes = [
        Route("/", page),
        Route("/api/start", _answering(start, token)),
        Route("/api/order", _answering(order, token)),
        Route("/api/news", _answering(news, token)),
        Route("/api/view/{id}", _answering(view, token)),
        Route("/api/facts", _taking(facts, list[str], token), methods=["POST"]),
        Route("/api/decide", _taking(decide, _Decide, token), methods=["POST"]),
        Route("/api/undo", _taking(undo, _Undo, token), methods=["POST"]),
        Route("/api/edit", _taking(edit, _EditLine, token), methods=["POST"]),
        Route("/page/{id}/{page:int}", _answering(image, token)),
        Route("/file/{id}", _answering(file, token)),
    ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),  # no other name may lead here
            Middleware(GZipMiddleware, minimum_size=20_000, compresslevel=1),
        ],
    )


def _may(request: Request, token: str) -> bool:
    given = request.headers.get(_TOKEN) or request.query_params.get("token", "")
    return secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _no_token() -> Response:
    said = "这个地址缺少口令，或口令已失效。请使用 shixin review 打印的完整地址。"
    return PlainTextResponse(said, 403, headers=_GUARD)


def _answering(work: Any, token: str) -> Any:
    """A route that only looks."""

    def route(request: Request) -> Response:
        return _answer(lambda: work(request)) if _may(request, token) else _no_token()

    return route


def _taking(work: Any, type_: Any, token: str) -> Any:
    """A route that takes JSON. The token must stand in the header, which no other page can set."""

    async def route(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        if not secrets.compare_digest(request.headers.get(_TOKEN, "").encode("utf-8", "replace"), token.encode()):
            return _no_token()
        if int(request.headers.get("content-length") or 0) > _LARGEST:
            return _refused("内容过长", 413)
        try:
            body = msgspec.json.decode(await request.body(), type=type_)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _refused("看不懂的请求", 400)
        return await run_in_threadpool(_answer, lambda: work(request, body))

    return route


def _answer(work: Any) -> Response:
    try:
        made = work()
    except Contradicted as refusal:
        return _refused(str(refusal), 409)
    except StoreInUse:
        return _refused("正在扫描，扫描完成后才能继续；刚才的决定没有保存", 423)
    except KeyError:
        return _refused("该文件已不在扫描结果中，请重新打开复核页面", 404)
    except UnreadableFile as error:
        return _refused(f"原文件打不开：{error.reason}", 404)
    except (Refusal, OSError) as error:
        return _refused(f"没有保存：{error}" if isinstance(error, Refusal) else f"读写出错：{error.strerror or error}", 409)
    except ValueError as error:
        return _refused(f"没有保存：{error}", 400)
    if isinstance(made, Response):
        return made
    return Response(msgspec.json.encode(made), media_type="application/json", headers=_GUARD)


def _refused(said: str, code: int) -> Response:
    return Response(msgspec.json.encode({"said": said}), code, media_type="application/json", headers=_GUARD)


def _script() -> str:
    folder = Path(__file__).parent
    files = (folder.parent / "keys.js", *(folder / name for name in ("list.js", "lines.js", "desk.js")))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_script().encode()).digest()).decode()
    allowed = f"script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _page() -> str:
    folder = Path(__file__).parent
    css = (folder / "desk.css").read_text(encoding="utf-8")
    return templates().get_template("desk/desk.html").render(style=style(), desk_style=css, script=_script())
