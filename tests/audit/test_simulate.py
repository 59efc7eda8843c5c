"""The simulation counts what a reader would find, for our order and for the baselines."""

import numpy as np
import pytest

import pipeline
from pipeline.audit.curves import curves_svg
from pipeline.audit.elas import elas_order
from pipeline.audit.simulate import ELAS, LEXICON, OURS, RANDOM, Curve, simulate, simulate_judged
from pipeline.learn.evaluation import Judged, Label

CONSTRAINTS = [
    "关于诚信档案的通知\n弄虚作假的企业记入信用档案，列入黑名单。",
    "信用管理办法\n失信单位名单向社会公示三年。",
    "联合惩戒方案\n对失信被执行人限制乘坐飞机。",
]
OTHERS = [f"扫雪通知\n第{number}科负责{number}号路段，于{number}日前清扫完毕。" for number in range(1, 10)]


@pytest.fixture(scope="module")
def simulated():
    labelled = [(text, True) for text in CONSTRAINTS] + [(text, False) for text in OTHERS]
    judged = [Judged(Label(f"{n}", relevant), pipeline.screen(text)) for n, (text, relevant) in enumerate(labelled)]
    return simulate_judged(judged)


def test_every_method_finds_all_in_the_end_and_loses_none_on_the_way(simulated):
    for curve in simulated.curves:
        assert curve.found[0] == 0 and curve.found[-1] == len(CONSTRAINTS)
        assert (np.diff(curve.found) >= 0).all()


def test_our_order_reads_no_more_than_chance_would(simulated):
    by_name = {curve.name: curve for curve in simulated.curves}
    assert list(by_name) == [OURS, LEXICON, ELAS, RANDOM]
    assert by_name[OURS].read_for(1.0) < by_name[RANDOM].read_for(1.0)


def test_saved_work_is_counted_against_random_reading():
    curve = Curve("x", np.array([[0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2]]))
    assert curve.read_for(1.0) == 2
    assert curve.saved(1.0) == pytest.approx(0.8)
    assert curve.saved(0.95) == pytest.approx(0.75)


def test_order_of_the_baseline_holds_every_document_once():
    texts = [f"甲乙 丙丁 文件 {n}" if n % 3 else f"失信 惩戒 文件 {n}" for n in range(12)]
    relevant = np.array([n % 3 == 0 for n in range(12)])
    order = elas_order(texts, relevant, seed=1)
    assert sorted(order) == list(range(12))
    assert relevant[order[0]] and not relevant[order[1]]


def test_labels_of_one_kind_only_are_refused(tmp_path):
    (tmp_path / "a.txt").write_text(OTHERS[0], encoding="utf-8")
    (tmp_path / "labels.csv").write_text("path,relevant\na.txt,0\n", encoding="utf-8")
    with pytest.raises(ValueError, match="既有"):
        simulate(tmp_path / "labels.csv", tmp_path)


def test_plot_has_a_line_a_method_with_its_numbers(simulated):
    svg = curves_svg(simulated)
    assert svg.count("<polyline") == 4 and svg.endswith("</svg>\n")
    assert f"全部找到需读 {simulated.curves[0].read_for(1.0):.0f} 份" in svg
