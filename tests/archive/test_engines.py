"""A cluster gives the ledger of a local scan, byte for byte, from a disk or from a server, also where one of its workers dies."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

import pipeline
from benchmarks.archives import build
from pipeline.archive.executor import DistantEngine, EngineUnavailable, WorkerLost, open_engine, run
from tests.archive.test_executor import work

AS_OF = "2026-01-01"
OUTPUTS = ("ledger.xlsx", "report.html", "problems.csv")


class Idle(Executor):
    """An engine that is given nothing to do."""

    def submit(self, function, /, *args, **more):
        raise AssertionError("nothing was to be read")


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cluster") / "档案"
    build(folder, 60, "small", seed=5)
    return folder


@pytest.fixture(scope="module")
def local(archive: Path) -> Path:
    out = archive.parent / "local"
    pipeline.scan(archive, out, workers=2, as_of=AS_OF)
    return out


@pytest.fixture(scope="module")
def bucket(archive: Path) -> Iterator[str]:
    """The archive on an S3 server of this machine."""
    pytest.importorskip("s3fs")
    server_module = pytest.importorskip("moto.server")
    server = server_module.ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    said = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (said | {"AWS_DEFAULT_REGION": "us-east-1"}).items():
            patch.setenv(name, value)
        import boto3

        client = boto3.client("s3")
        client.create_bucket(Bucket="yunzhou")
        for path in sorted(archive.rglob("*")):
            if path.is_file():
                client.put_object(Bucket="yunzhou", Key=f"档案/{path.relative_to(archive).as_posix()}", Body=path.read_bytes())
        yield "s3://yunzhou/档案"
    server.stop()


@pytest.fixture(scope="module")
def cluster(bucket: str):
    """Three worker processes on loopback, started with the server's address in their environment."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, memory_limit=0
    ) as started:
        yield started


def assert_same(one: Path, other: Path) -> None:
    for name in OUTPUTS:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def engine_of(cluster) -> str:
    return cluster.scheduler_address.replace("tcp://", "dask://")


def test_server_read_by_a_cluster_of_which_a_worker_is_killed_gives_the_ledger_of_a_local_scan(
    bucket: str, cluster, local: Path, tmp_path: Path
) -> None:
    from distributed import Client

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
    killed: list[int] = []

    def kill_one(done: int, found: int) -> None:
        if done == 20 and not killed:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    result = pipeline.scan(bucket, tmp_path / "out", engine=engine_of(cluster), as_of=AS_OF, progress=kill_one)
    assert killed and result.found == 60 == result.screened + result.duplicates + result.problems
    assert_same(local, tmp_path / "out")


def test_folder_read_by_a_cluster_gives_the_ledger_of_a_local_scan(archive: Path, cluster, local: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "out", engine=engine_of(cluster), as_of=AS_OF)
    assert_same(local, tmp_path / "out")


def test_server_that_has_not_changed_is_listed_and_not_read_again(bucket: str, local: Path, tmp_path: Path) -> None:
    pipeline.scan(bucket, tmp_path / "out", workers=2, as_of=AS_OF)
    assert_same(local, tmp_path / "out")
    assert pipeline.scan(bucket, tmp_path / "out", engine=Idle(), as_of=AS_OF).found == 60


def test_object_that_was_replaced_within_its_second_is_read_again(bucket: str, tmp_path: Path) -> None:
    import boto3

    client = boto3.client("s3")
    put = {"Bucket": "yunzhou", "Key": "另/a.txt"}
    client.put_object(**put, Body="关于核对账目的通知\n各科室：\n请核对甲帐目。\n".encode())
    pipeline.scan("s3://yunzhou/另", tmp_path / "out", workers=1, as_of=AS_OF)
    client.put_object(**put, Body="关于核对账目的通知\n各科室：\n请核对乙帐目。\n".encode())
    before = pipeline.scan("s3://yunzhou/另", tmp_path / "out", workers=1, as_of=AS_OF).documents["sha256"][0]
    client.put_object(**put, Body="关于核对账目的通知\n各科室：\n请核对丙帐目。\n".encode())
    assert pipeline.scan("s3://yunzhou/另", tmp_path / "out", workers=1, as_of=AS_OF).documents["sha256"][0] != before


@pytest.mark.parametrize(("fault", "kind"), [("segfault", "进程崩溃"), ("exit", "进程崩溃"), ("greedy", "内存超限")])
def test_limits_of_a_file_hold_on_an_engine_of_others(fault: str, kind: str) -> None:
    tasks = ["a", "b", fault, "c"]
    with ThreadPoolExecutor(2) as executor:
        found = dict(run(DistantEngine(executor), work, tasks, 4))
    lost = found.pop(fault)
    assert isinstance(lost, WorkerLost) and lost.kind == kind
    assert found == {"a": "a", "b": "b", "c": "c"}


def test_unchanged_folder_is_walked_and_nothing_of_it_opened(archive: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "out", workers=1, as_of=AS_OF)
    written = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in OUTPUTS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["pipeline.ingest.discover"], "is_container", None)
        patch.setattr(sys.modules["pipeline.archive.scan"], "hash_file", None)
        again = pipeline.scan(archive, tmp_path / "out", engine=Idle(), as_of=AS_OF)
    assert again.found == 60 == again.screened + again.duplicates + again.problems
    assert written == {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in OUTPUTS}


def test_output_that_someone_removed_is_written_again_though_nothing_changed(archive: Path, tmp_path: Path) -> None:
    pipeline.scan(archive, tmp_path / "out", workers=1, as_of=AS_OF)
    (tmp_path / "out" / "problems.csv").unlink()
    pipeline.scan(archive, tmp_path / "out", engine=Idle(), as_of=AS_OF)
    assert (tmp_path / "out" / "problems.csv").is_file()


def test_cluster_that_nobody_started_is_refused_in_chinese() -> None:
    pytest.importorskip("distributed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.archive.executor._CONNECT_SECONDS", 1)
        with pytest.raises(EngineUnavailable, match="连不上"), open_engine("dask://127.0.0.1:9", 1):
            pass
