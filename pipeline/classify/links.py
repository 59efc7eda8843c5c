"""Lists of links (链接行): what a saved page has around its article (页脚：信用信息公示　政府信息公开　网站地图). They name things and set
nothing; a row of a table, whose cells say what is done to whom, is none."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"^\s*(?:页[脚尾眉底]|友链|友情链接|相关(?:推荐|阅读|链接|新闻)|导航|热[点搜]|热门\S{0,2}|快捷\S{0,2}|常用\S{0,2}|在线服务|站内|网站地图|栏目|底部|频道|链接)[^：:，。]{0,4}[：:]?"
)
_LINK = re.compile(
    r"首页|主页|网站|地图|信息公开|查询|下载|服务|平台|信用中国|公示|公告|投诉|举报|建议|指南|咨询|登录|注册|专[栏题]|法规|政策|职能|概况|留言|反馈|微[信博]|APP|手机版|"
    r"RSS|订阅|版权|备案|返回|更多|上一[页篇]|下一[页篇]|热线|电话|声明|联系|我们|动态|要闻|图片|视频|论坛|办事|年检|年审|名单|评价|网$"
)
_BETWEEN = re.compile(
    r"[\s\u3000]*[｜|·•›»>/]+[\s\u3000]*|\u3000+| {2,}|(?<=[\u4e00-\u9fff）)]) (?=[\u4e00-\u9fff（(“A-Z])|\t+|\n+|[、](?=[^、]{2,12}(?:、|$))"
)
_LONGEST, _FEWEST, _LINKS = 16, 2, 2
_SENTENCE = re.compile(r"[。；！？，]")
_DONE = re.compile(
    r"不得|不予|不再|不准|取消|停止|暂停|停受理|停[一二三四五六七八九十两\d]|限制|禁止|列入|纳入|记入|计入|录入|载入|导入|存入|写入|登入|上传|汇交|汇总|按[季月周年]|每[季月周日年]|拉黑|扣|通报|推至|推到|降[为级至低]|年内|终身|"
    r"[√→]|：停|已传|已入|已登|已报|T\+\d|[：:]有|清退|追缴|退回|收回|抄送|报送|推送|移出|曝光[一二三\d]|[一二三四五六七八九十两\d](?:年|个月|日|天|分|次)"
)


def is_list_of_links(text: str) -> bool:
    """Whether a clause is a line of link labels: several short names side by side, no sentence, nothing done to anybody."""
    body = _LABEL.sub("", text.strip())
    if _SENTENCE.search(body) or _DONE.search(body):
        return False
    names = [name for name in _BETWEEN.split(body) if name and name.strip()]
    labelled = len(body) < len(text.strip())
    links = sum(_LINK.search(name) is not None for name in names)
    return (
        len(names) >= _FEWEST
        and max(map(len, names)) <= _LONGEST
        and (labelled or links >= (1 if len(names) > _LINKS else _LINKS))
    )
