"""Where the work runs: each file in a worker process of its own kind, with a time and memory limit.

The work on a file is a pure function of the file, so any `concurrent.futures.Executor` can carry it. Here it is a pebble
pool of processes: a worker that crashes, hangs or runs out of memory costs one file and one restart, never a neighbour
(concurrent.futures' own pool loses every file in flight after a segfault). A distributed engine's executor carries the same work.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import threadpoolctl
from pebble import ProcessExpired, ProcessPool

from pipeline.errors import Refusal
from pipeline.start_method import START_METHOD

FILE_SECONDS = 300
WORKER_BYTES = 6 * 1024**3
_TASKS_A_WORKER = 2000  # then a fresh process: native libraries that leak must not grow with the archive
_AHEAD = 4  # tasks in flight a worker: enough to keep it busy, few enough to keep memory flat
_CONNECT_SECONDS = 20

T = TypeVar("T")
R = TypeVar("R")


class EngineUnavailable(Refusal):
    """An engine that can't be reached or used: what is missing, and what to do."""


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

    def submit(self, function: Callable[[T], R], task: T, /) -> Future[Any]: ...


class LocalEngine:
    """Processes on this machine, a time limit a task, a memory limit a worker. ``prepare`` loads here what tasks need, before the
    first: processes that are forked share it."""

    def __init__(
        self,
        workers: int,
        seconds: float = FILE_SECONDS,
        start_method: str = START_METHOD,
        prepare: Callable[[], None] | None = None,
    ):
        self.workers = workers
        self._prepare = prepare if start_method == "fork" else None
        self._seconds = seconds
        self._pool = ProcessPool(
            max_workers=workers,
            max_tasks=_TASKS_A_WORKER,
            initializer=_limit_worker,
            context=multiprocessing.get_context(start_method),
        )

    def submit(self, function: Callable[[T], R], task: T, /) -> Future[R]:
        if self._prepare:
            self._prepare()
            self._prepare = None
            gc.freeze()  # what is shared is not looked through for rubbish, in no process
        return self._pool.schedule(function, args=[task], timeout=self._seconds + getattr(task, "extra_seconds", 0.0))

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is None:
            self._pool.close()
            self._pool.join()
        else:
            self.stop()

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        self._pool.stop()
        self._pool.join()


class DistantEngine:
    """An executor of a distributed engine. What runs there is the local engine's work: each thread of a distant worker keeps a
    process of its own under the same limits, so that a file that kills it, hangs or eats memory costs that file and no worker.
    """

    def __init__(self, executor: Executor):
        self._executor = executor

    def submit(self, function: Callable[[T], R], task: T, /) -> Future[R | WorkerLost]:
        return self._executor.submit(guarded, function, task)


_here = threading.local()


def guarded(function: Callable[[T], R], task: T) -> R | WorkerLost:
    """The result of a task, run in this thread's own process; the loss of that process as a result."""
    if not hasattr(_here, "engine"):
        # Engines make their workers daemons, which may have no children; this one outlives nothing: it ends with its pipe.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        _here.engine = LocalEngine(1, start_method="spawn")  # a worker has threads, and forking would copy their locks
        atexit.register(_here.engine.stop)
    return outcome_of(_here.engine.submit(function, task), task)


@contextlib.contextmanager
def open_engine(
    engine: str | Executor,
    workers: int | None,
    version: Callable[[], str] = str,
    prepare: Callable[[], None] | None = None,
) -> Iterator[tuple[Engine, int]]:
    """The engine and how many tasks to keep in flight. ``engine`` is "local", "dask://host:port", or an executor, which stays
    open. ``version`` says on a worker what its results depend on; a cluster whose workers say otherwise than this machine is
    refused; ``prepare`` is for processes on this machine. Raises EngineUnavailable."""
    workers = workers or max(1, os.cpu_count() or 1)
    if not isinstance(engine, str):
        yield DistantEngine(engine), workers * _AHEAD
    elif engine == "local":
        with LocalEngine(workers, prepare=prepare) as pool:
            yield pool, workers * _AHEAD
    elif engine.startswith("dask://"):
        with _dask(engine, version) as (executor, threads):
            yield DistantEngine(executor), threads * _AHEAD
    else:
        raise EngineUnavailable(f"不认识的执行引擎：{engine}（可用 local 或 dask://主机:端口），没有改动任何文件。")


@contextlib.contextmanager
def _dask(address: str, version: Callable[[], str]) -> Iterator[tuple[Executor, int]]:
    """The executor of a Dask cluster, and its threads. Work that a worker takes with it when it dies is done by another."""
    try:
        from distributed import Client
    except ImportError as error:
        raise EngineUnavailable("使用 Dask 集群需要安装：pip install shixin[dask]。没有改动任何文件。") from error
    try:
        client = Client(address.replace("dask://", "tcp://", 1), timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise EngineUnavailable(f"连不上 Dask 集群 {address}，没有改动任何文件；请检查地址，确认调度进程已启动。") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise EngineUnavailable(f"Dask 集群 {address} 没有工作进程，没有改动任何文件；请先启动 dask worker。")
        told = client.run(version, on_error="return")
        if other := [worker for worker, said in told.items() if said != version()]:
            raise EngineUnavailable(
                f"这些工作进程上的 shixin（或 --registry 的依据表）与本机不同：{'、'.join(sorted(other))}。"
                "没有改动任何文件；请各机安装同一版本，依据表放在各机都能读到的位置。"
            )
        yield client.get_executor(pure=False), threads


def run(
    engine: Engine, function: Callable[[T], R | Again], tasks: Iterable[T], ahead: int
) -> Iterator[tuple[T, R | WorkerLost]]:
    """Each task with its result, as they finish; never more than ``ahead`` in flight. Tasks are drawn lazily, and again after
    every result: it may have brought more of them."""
    flying: dict[Future[R | Again], T] = {}
    pending = iter(tasks)
    while True:
        while len(flying) < ahead and (following := next(pending, None)) is not None:
            flying[engine.submit(function, following)] = following
        if not flying:
            return
        done, _ = wait(flying, return_when=FIRST_COMPLETED)
        for future in done:
            task = flying.pop(future)
            outcome = outcome_of(future, task)
            if isinstance(outcome, Again):
                flying[engine.submit(function, outcome.task)] = outcome.task
            else:
                yield task, outcome


def outcome_of(future: Future[R], task: object) -> R | WorkerLost:
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
