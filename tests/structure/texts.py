"""Short documents of our own making, and the `Document` objects that hold them."""

from __future__ import annotations

from pipeline.document import Document, Span


def document(text: str, path: str = "样例.txt") -> Document:
    """A document of one page."""
    return Document(path=path, format="txt", sha256="", text=text, pages=(Span(0, len(text)),))


NOTICE = """云泽市市场监督管理局文件
云市监规〔2022〕7号
云泽市市场监督管理局关于印发
《云泽市商户守信承诺管理办法（试行）》的通知
各区（县）市场监督管理局，局机关各处室：
现将《云泽市商户守信承诺管理办法（试行）》印发给你们，请认真执行。
附件：1.商户守信承诺书
2.办理流程表
云泽市市场监督管理局
2022年3月9日
（此件公开发布）
云泽市商户守信承诺管理办法（试行）
第一章 总则
第一条 为了规范商户承诺活动，根据有关规定，制定本办法。
第二条 本办法适用于本市行政区域内的商户。
本办法所称商户，是指在集贸市场内经营的个体工商户。
第二章 承诺与处理
第三条 商户有下列情形之一的，由市场监督管理所记入商户档案：
（一）承诺后仍短斤缺两的；
（二）拒不退还多收价款的。
前款情形经查证属实的，在市场公示栏公示三十日。
第四条 本办法自2022年5月1日起施行，有效期2年。
附件1
商户守信承诺书
本商户郑重承诺：
一、明码标价。
二、如有违反，自愿接受公示。
附件2
办理流程表
序号\t事项\t时限
1\t受理\t当日
2\t公示\t三十日
云泽市市场监督管理局办公室 2022年3月10日印发
"""
