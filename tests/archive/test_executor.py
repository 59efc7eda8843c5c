"""A worker that crashes, hangs or eats memory costs one task; its neighbours' results all arrive."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import time

import pytest

from pipeline.archive.executor import Again, EngineUnavailable, LocalEngine, WorkerLost, open_engine, run


class CannotBePickled(Exception):
    def __reduce__(self):
        raise TypeError("no")


def work(task):
    match task:
        case "segfault":
            faulthandler.disable()  # what pytest set up would print where it crashed
            ctypes.string_at(0)
        case "exit":
            os._exit(3)
        case "hang":
            time.sleep(60)
        case "memory":
            raise MemoryError
        case "greedy":
            return len(bytearray(1 << 45))
        case "odd":
            raise CannotBePickled
        case ("again", left):
            return Again(("again", left - 1)) if left else "at last"
        case "raises":
            raise ValueError("坏")
    return task


def outcomes(tasks, workers=2, seconds=3.0):
    with LocalEngine(workers, seconds=seconds) as pool:
        return dict(run(pool, work, tasks, workers * 4))


NEIGHBOURS = [f"file {number}" for number in range(12)]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("segfault", "进程崩溃"),
        ("exit", "进程崩溃"),
        ("hang", "超时"),
        ("memory", "内存超限"),
        ("greedy", "内存超限"),
        ("raises", "内部错误"),
    ],
)
def test_fault_costs_one_task_and_no_neighbour(fault, kind):
    found = outcomes([*NEIGHBOURS[:6], fault, *NEIGHBOURS[6:]])
    lost = found.pop(fault)
    assert isinstance(lost, WorkerLost) and lost.kind == kind
    assert found == {task: task for task in NEIGHBOURS}


def test_exception_that_can_not_be_sent_costs_one_task():
    found = outcomes(["odd", *NEIGHBOURS])
    assert isinstance(found.pop("odd"), WorkerLost)
    assert found == {task: task for task in NEIGHBOURS}


def test_many_faults_one_after_the_other_leave_all_neighbours():
    tasks = [task for pair in zip(NEIGHBOURS, ["exit", "segfault"] * 6, strict=True) for task in pair]
    with LocalEngine(2, seconds=5) as pool:
        found = list(run(pool, work, tasks, 8))
    assert sorted(task for task, outcome in found if not isinstance(outcome, WorkerLost)) == sorted(NEIGHBOURS)
    assert len(found) == len(tasks)


def test_task_that_asks_for_more_time_is_run_again():
    assert outcomes([("again", 2)]) == {("again", 0): "at last"}


def test_tasks_are_drawn_as_they_are_needed_and_not_before():
    drawn = []

    def tasks():
        for number in range(50):
            drawn.append(number)
            yield f"file {number}"

    with LocalEngine(1) as pool:
        results = run(pool, work, tasks(), 4)
        next(results)
        assert len(drawn) <= 8
        assert len(list(results)) == 49


def test_unknown_engine_is_refused_in_chinese():
    with pytest.raises(EngineUnavailable, match="不认识的执行引擎"), open_engine("spark", 1):
        pass
