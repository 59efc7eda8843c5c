"""The server of the page (复核服务): uvicorn on 127.0.0.1, a token that only the printed address holds, a polite end."""

from __future__ import annotations

import contextlib
import secrets
import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import uvicorn

from pipeline.errors import Refusal
from pipeline.review.desk.app import make_app
from pipeline.review.desk.state import Board
from pipeline.review.second import draw

_HOST = "127.0.0.1"
_WAIT = 15  # seconds for the server to begin


class PortTaken(Refusal):
    """Another program listens on the port that was asked for."""


class Served:
    """A page that is being served: its address with the token, and the board behind it."""

    def __init__(self, out: Path, *, name: str = "", port: int = 0, second: str = "", sample: int = 0):
        """Raises PortTaken, NothingToReadAgain, ScanUnfinished, StoreInUse."""
        drawn = draw(out, second, sample) if second else ()
        self.board = Board(out, second=second, sample=drawn)
        self._socket = _listening(port)
        self.port: int = self._socket.getsockname()[1]
        token = secrets.token_urlsafe(24)
        self.url = f"http://{_HOST}:{self.port}/?token={token}"
        app = make_app(self.board, token, name)
        config = uvicorn.Config(app, log_level="critical", access_log=False, lifespan="off", timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)

    def address(self, name: str = "") -> str:
        """The address, for this person where a name is given."""
        return self.url + (f"&name={quote(name)}" if name else "")

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until Ctrl-C or a signal to end; ``ready`` is called once the page can be opened."""
        threading.Thread(target=self._tell, args=(ready,), daemon=True).start()
        with contextlib.suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])

    @contextlib.contextmanager
    def in_background(self) -> Iterator[Served]:
        """Serve beside other work, until the end of the ``with``."""
        self.begin()
        try:
            yield self
        finally:
            self.close()

    def begin(self) -> Served:
        """Serve on a thread of its own, until `close` or the end of the program."""
        thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        thread.start()
        self._wait()
        return self

    def close(self) -> None:
        self._server.should_exit = True

    def _wait(self) -> None:
        until = time.monotonic() + _WAIT
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.02)

    def _tell(self, ready: Callable[[], None]) -> None:
        self._wait()
        ready()


def serve(served: Served, *, name: str = "", browser: bool = True, said: Callable[[str], None] = print) -> None:
    """Serve a page until the person ends it, and open it in the browser."""
    address = served.address(name)

    def ready() -> None:
        said(f"复核页面：{address}")
        said(
            "只在本机打开（127.0.0.1），不联网。两人同时复核时，第二人在本机另开一个窗口打开同一地址，在页面右上角改成自己的姓名。"
        )
        said("每个决定当即保存。结束时按 Ctrl+C。")
        if browser:
            webbrowser.open(address)

    served.run(ready)


def _listening(port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((_HOST, port))
    except OSError as error:
        made.close()
        raise PortTaken(f"端口 {port} 正被另一个程序使用，页面没有打开；请换一个 --port，或不写 --port 由程序挑选。") from error
    made.listen(64)
    return made
