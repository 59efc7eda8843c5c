"""Where the work runs: each file in a worker process of its own kind, with a time and memory limit.

The work on a file is a pure function of the file, so any `concurrent.futures.Executor` can carry it. Here it is a pebble
pool of processes: a worker that crashes, hangs or runs out of memory costs one file and one restart, never a neighbour
(concurrent.futures' own pool loses every file in flight after a segfault).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import threadpoolctl
from pebble import ProcessExpired, ProcessPool

from pipeline.start_method import START_METHOD

FILE_SECONDS = 300
WORKER_BYTES = 6 * 1024**3
_TASKS_A_WORKER = 2000  # then a fresh process: native libraries that leak must not grow with the archive
_AHEAD = 4  # tasks in flight a worker: enough to keep it busy, few enough to keep memory flat

T = TypeVar("T")
R = TypeVar("R")


class WorkerLost(Exception):
    """A task that gave no result because its worker did not live to give one; ``kind`` is the problem's class."""

    def __init__(self, kind: str, detail: str):
        super().__init__(kind, detail)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Again:
    """What a function gives in place of a result: the task to run instead, which asks for more time (``extra_seconds``)."""

    task: Any


class Engine(Protocol):
    """What runs tasks: the local pool or an executor of an existing distributed engine."""

    def submit(self, function: Callable[[T], R], task: T, /) -> Future[R]: ...


class LocalEngine:
    """Processes on this machine, a time limit a task, a memory limit a worker."""

    def __init__(self, workers: int, seconds: float = FILE_SECONDS):
        self.workers = workers
        self._seconds = seconds
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_A_WORKER,
            initializer=_limit_worker,
            context=multiprocessing.get_context(START_METHOD),
        )

    def submit(self, function: Callable[[T], R], task: T, /) -> Future[R]:
        return self._pool.schedule(function, args=[task], timeout=self._seconds + getattr(task, "extra_seconds", 0.0))

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()


@contextlib.contextmanager
def open_engine(engine: str | Executor, workers: int | None) -> Iterator[tuple[Engine, int]]:
    """The engine and how many tasks to keep in flight. ``engine`` is "local" or an executor, which stays open."""
    workers = workers or max(1, os.cpu_count() or 1)
    if isinstance(engine, str):
        if engine != "local":
            raise ValueError(f"不认识的执行引擎：{engine}（可用 local，或传入一个 concurrent.futures.Executor）")
        with LocalEngine(workers) as pool:
            yield pool, workers * _AHEAD
    else:
        yield engine, workers * _AHEAD


def run(
    engine: Engine, function: Callable[[T], R | Again], tasks: Iterable[T], ahead: int
) -> Iterator[tuple[T, R | WorkerLost]]:
    """Each task with its result, as they finish; never more than ``ahead`` in flight. Tasks are drawn lazily."""
    flying: dict[Future[R | Again], T] = {}
    pending = iter(tasks)
    exhausted = False
    while flying or not exhausted:
        while not exhausted and len(flying) < ahead:
            following = next(pending, None)
            if following is None:
                exhausted = True
            else:
                flying[engine.submit(function, following)] = following
        if not flying:
            break
        done, _ = wait(flying, return_when=FIRST_COMPLETED)
        for future in done:
            task = flying.pop(future)
            outcome = _outcome(future, task)
            if isinstance(outcome, Again):
                flying[engine.submit(function, outcome.task)] = outcome.task
            else:
                yield task, outcome


def _outcome(future: Future[R], task: object) -> R | WorkerLost:
    try:
        return future.result()
    except TimeoutError:
        return WorkerLost("超时", f"超过 {FILE_SECONDS + getattr(task, 'extra_seconds', 0.0):.0f} 秒未读完")
    except MemoryError:
        return WorkerLost("内存超限", f"超过 {WORKER_BYTES // 1024**3} GB 内存")
    except ProcessExpired as error:
        return WorkerLost("进程崩溃", f"读取进程异常退出（代码 {error.exitcode}）")
    except Exception as error:  # a fault of ours in one file must not cost the others
        return WorkerLost("内部错误", f"{type(error).__name__}: {error}"[:300])


def _limit_worker() -> None:
    """One thread a worker (the pool is the parallelism), and a ceiling on its address space where the system has one."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"
    threadpoolctl.threadpool_limits(1)  # for what was loaded before: a forked worker inherits the parent's libraries
    with contextlib.suppress(ImportError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (WORKER_BYTES, hard))
