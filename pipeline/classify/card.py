"""The model card (模型说明) and metrics file, written by the training run and never by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.classify.training import TrainingReport

_CARD = """# 模型说明

本文件由 `make train` 生成，请勿手改。

- 版本：{version}
- 用途：判断一个条款是否含有失信行为认定、记录、归集、共享、公开、惩戒、修复的措施；文件得分取其最高条款。
- 方法：词表句式、字 1-4 元组、词 1-2 元组的 TF-IDF，逐环节逻辑回归，Platt 校准；以 skops 保存，不使用 pickle。
- 数据：本项目自拟标注条款 {clauses} 条，其中相关 {relevant} 条（`data/annotated/clauses/`）。
- 以下数字均为按批次、行业分组的五折交叉验证结果，不是在训练数据上的结果。

| 指标 | 数值 |
| --- | --- |
| 工作点（条款得分不低于） | {flag} |
| 相关条款查全率 | {recall} |
| 无关条款误报率 | {false_rate} |
| 各环节 F1 平均 | {macro_f1} |
| Brier 分数 | {brier} |

| 环节 | F1 |
| --- | --- |
{functions}

校准（预测均值与实际比例）：

| 预测均值 | 实际比例 | 条款数 |
| --- | --- | --- |
{reliability}

## 局限

- 标注数据刻意收入大量难例，数字低于真实公文上的表现；真实公文上的数字见 `benchmarks/RESULTS.md`。
- 没有出现任何信用用语、仅写后果的条款，只有在词表的弱提示词命中时才会送入模型。
- 扫描件识别错误较多时，可能漏判。

## 重新训练

在 `data/annotated/clauses/` 增加标注（格式见该目录上级的 README），运行 `make train`。比现有模型明显更差的新模型不会替换它。
"""


def write_card(report: TrainingReport, folder: Path) -> None:
    """Write ``metrics.json`` and ``README.md`` into the model's folder."""
    metrics = json.dumps(asdict(report), ensure_ascii=False, indent=1)
    (folder / "metrics.json").write_text(metrics + "\n", encoding="utf-8")
    functions = "\n".join(f"| {function} | {score} |" for function, score in report.f1.items())
    reliability = "\n".join(f"| {mean} | {share} | {count} |" for mean, share, count in report.reliability)
    card = _CARD.format(**(asdict(report) | {"functions": functions, "reliability": reliability}))
    (folder / "README.md").write_text(card, encoding="utf-8")
