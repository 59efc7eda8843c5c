"""A scan of a few invented documents, made once; each test works on its own copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import pipeline
from pipeline.review import Scan, open_scan

HOSTILE = "<script>alert('甲')</script>"
WAGES = f"""云州市人力资源和社会保障局文件

云人社发〔2019〕12号

关于印发《建筑企业{HOSTILE}用工信用管理办法》的通知

各县区人力资源和社会保障局：

现将《建筑企业用工信用管理办法》印发给你们，请遵照执行。联系人：张某某，电话：13900001111。

云州市人力资源和社会保障局
2019年5月8日

第一条 为规范用工，根据《保障农民工工资支付条例》，制定本办法。
第二条 企业拖欠农民工工资拒不支付的，认定为失信企业，列入失信名单，名单在市政府网站公示。
第三条 列入名单的企业，两年内不得参加政府投资工程投标。
第四条 企业付清工资并作出承诺的，可以申请信用修复，移出名单。
"""
WATER = """云州市水务局文件

云水发〔2018〕31号

关于印发《取水企业信用管理办法》的通知

各县区水务局：

现将《取水企业信用管理办法》印发给你们。

云州市水务局
2018年6月20日

第一条 取水企业伪造计量数据的，认定为严重失信企业，列入失信名单。
第二条 有关部门应当将名单推送至市公共信用信息平台，并限制其参加水利工程投标。
"""
MEETING = """云州市水务局
关于召开汛前检查会议的通知

各科室：

定于四月八日上午九时在三楼会议室召开汛前检查工作会议，请各科室负责人准时参加。

云州市水务局办公室
2019年4月2日
"""


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a scan: two hits, a copy of one, an ordinary notice, an empty file."""
    folder = tmp_path_factory.mktemp("复核")
    archive = folder / "档案"
    archive.mkdir()
    for name, text in (
        ("用工.txt", WAGES),
        ("取水.txt", WATER),
        ("取水（副本）.txt", WATER),
        ("会议.txt", MEETING),
        ("空.doc", ""),
    ):
        (archive / name).write_text(text, encoding="utf-8")
    pipeline.scan(archive, folder / "out", workers=1, as_of="2021-01-25")
    return folder / "out"


@pytest.fixture
def out(scanned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scanned, tmp_path / "out"))


@pytest.fixture
def scan(out: Path) -> Scan:
    return open_scan(out)
