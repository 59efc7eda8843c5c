"""A small archive of our own wording, made anew for each test that asks for it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

MEASURES = """云州市水务局文件

云水发〔2018〕31号

云州市水务局关于印发《云州市取水企业信用管理办法（试行）》的通知

各县区水务局，局属各单位：

现将《云州市取水企业信用管理办法（试行）》印发给你们，请遵照执行。

云州市水务局
2018年6月20日

云州市取水企业信用管理办法（试行）

第一条 为加强取水管理，根据《中华人民共和国水法》，制定本办法。
第二条 取水企业伪造计量数据、拒不缴纳水资源费的，认定为严重失信企业，列入失信名单。
第三条 列入名单的企业，三年内不得参加水利工程投标，有关信息推送至市公共信用信息平台并向社会公布。
第四条 企业纠正失信行为满一年的，可以向市水务局申请信用修复，移出名单。
第五条 本办法自印发之日起施行。
"""
NOTICE = """云州市水务局
关于召开汛前检查会议的通知

各科室：

定于四月八日上午九时在三楼会议室召开汛前检查工作会议，请各科室负责人准时参加。

云州市水务局办公室
2019年4月2日
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A measure (TXT), its byte-identical copy, a notice (DOCX), an empty file, a broken PDF, a secret file."""
    folder = tmp_path / "档案"
    (folder / "旧").mkdir(parents=True)
    (folder / "取水信用办法.txt").write_text(MEASURES, encoding="gb18030")
    (folder / "旧" / "取水信用办法（副本）.txt").write_text(MEASURES, encoding="gb18030")
    document = docx.Document()
    for line in NOTICE.split("\n"):
        document.add_paragraph(line)
    document.save(str(folder / "会议通知.docx"))
    (folder / "空.doc").write_bytes(b"")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    (folder / "密.txt").write_text("机密★1年\n云州市水务局文件\n关于某事项的报告\n甲乙丙丁戊己庚辛。\n", encoding="utf-8")
    return folder
