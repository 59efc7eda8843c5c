"""Containers are listed in a process of their own: the decompressors are native code, and the archive may be hostile.

One that crashes it, hangs or eats memory costs one problem and a restart, not the scan.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ingest.containers.members import Found, members
from pipeline.ingest.problems import problem
from pipeline.start_method import START_METHOD

if TYPE_CHECKING:
    from pebble import ProcessPool

SECONDS = 600
MEMORY = 6 * 1024**3


def listed(file: Path, name: str) -> list[Found]:
    """The members of a container; the container itself with a problem where listing it did not end well."""
    from pebble import ProcessExpired  # with asyncio behind it: only where there is a container

    size = file.stat().st_size
    try:
        return _pool().schedule(_members, args=[str(file), name], timeout=SECONDS).result()
    except TimeoutError:
        kind, detail = "超时", f"超过 {SECONDS} 秒未列完"
    except MemoryError:
        kind, detail = "内存超限", "列出压缩包内容时"
    except ProcessExpired:
        kind, detail = "进程崩溃", "列出压缩包内容时"
    except OSError as error:
        kind, detail = "无法打开", error.strerror or ""
    except Exception as error:  # a fault of ours or of a library's in one container must not cost the scan
        kind, detail = "内部错误", f"{type(error).__name__}: {error}"[:300]
    return [Found(name, size, problem(kind, name, detail))]


def _members(file: str, name: str) -> list[Found]:
    return list(members(Path(file), name))


@cache
def _pool() -> ProcessPool:
    """One process, begun with the first container and ended with the program."""
    from pebble import ProcessPool

    pool = ProcessPool(max_workers=1, initializer=_limit, context=multiprocessing.get_context(START_METHOD))
    atexit.register(_stop, pool)
    return pool


def _stop(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()


def _limit() -> None:
    with contextlib.suppress(ImportError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
