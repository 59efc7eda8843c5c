#!/bin/sh
# 安装：只用本安装包里的文件，不联网，不需要管理员。
here=$(cd "$(dirname "$0")" && pwd)
version=$(cat "$here/program/python-version")
for python in "$here/program/python/bin/python3" "python$version" python3; do
    if command -v "$python" >/dev/null 2>&1; then
        PYTHONIOENCODING=utf-8 "$python" "$here/program/install.py"
        code=$?
        [ -t 0 ] && { printf '按回车键关闭 '; read -r _; }
        exit $code
    fi
done
echo "没有安装：本机没有 Python $version。请先安装，或向提供者索取自带 Python 的安装包。"
[ -t 0 ] && { printf '按回车键关闭 '; read -r _; }
exit 2
