#!/bin/sh
# 扫描：把文件夹拖到这个文件上，或运行后按提示输入。
home=${SHIXIN_HOME:-${XDG_DATA_HOME:-$HOME/.local/share}/shixin}
if [ ! -x "$home/env/bin/python" ]; then
    echo "还没有安装，请先运行“安装.sh”。"
    code=2
else
    PYTHONIOENCODING=utf-8 "$home/env/bin/python" "$home/start.py" "$@"
    code=$?
fi
[ -t 0 ] && { printf '按回车键关闭 '; read -r _; }
exit $code
