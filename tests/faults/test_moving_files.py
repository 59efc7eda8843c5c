"""Files that change, vanish or lead elsewhere while the scan runs."""

import pipeline

TEXT = "关于第{0}号路段扫雪的通知\n各科室：\n请于{0}日前清扫。\n某市某局\n2020年1月2日"


def archive_of(folder, count):
    folder.mkdir()
    for number in range(1, count + 1):
        (folder / f"{number:03}.txt").write_text(TEXT.format(number), encoding="utf-8")
    return folder


def test_files_that_vanish_during_the_scan_leave_a_sum_that_closes(tmp_path):
    archive = archive_of(tmp_path / "a", 60)

    def vanish(done, found):
        for path in sorted(archive.glob("*.txt"))[-3:]:
            path.unlink()

    result = pipeline.scan(archive, tmp_path / "out", workers=1, progress=vanish)
    table = result.documents
    assert result.found == result.screened + result.duplicates + result.problems == len(table)
    assert set(table[table["结果"] == "问题"]["原因"].str.partition("：")[0]) <= {"无法打开"}


def test_file_that_grows_between_two_scans_is_read_again(tmp_path):
    archive = archive_of(tmp_path / "a", 3)
    pipeline.scan(archive, tmp_path / "out", workers=1)
    (archive / "002.txt").write_text("信用管理办法\n弄虚作假的企业列入失信名单并向社会公布。", encoding="utf-8")
    table = pipeline.scan(archive, tmp_path / "out", workers=1).documents.set_index("路径")
    assert table.loc["002.txt", "命中"] and not table.loc["001.txt", "命中"]


def test_links_that_leave_the_archive_or_run_in_a_circle_are_not_followed(tmp_path):
    archive = archive_of(tmp_path / "a", 2)
    outside = archive_of(tmp_path / "b", 1)
    (archive / "外面").symlink_to(outside)
    (archive / "外面的文件.txt").symlink_to(outside / "001.txt")
    (archive / "圈").symlink_to(archive)
    (archive / "断.txt").symlink_to(tmp_path / "没有")
    result = pipeline.scan(archive, tmp_path / "out", workers=1)
    table = result.documents
    assert set(table[table["结果"] != "问题"]["路径"]) == {"001.txt", "002.txt"}
    assert result.found == len(table) and result.problems == len(table) - 2
