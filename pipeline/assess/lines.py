"""Lines that the model passed over (补列条款): a flagged document's every measure gets its line in the ledger.

Three proofs. *By its basis*: the clause names an article that is known to set a function of dishonest conduct
(税收征收管理法第四十五条, 教育法第七十九条), and says that function's words itself; such a clause needs no word of credit, and flags its
document. *By its words*: in a document whose title speaks of credit, a clause holds the words of a punishment or of a list;
elsewhere such words are an ordinary penalty's. *Beside others*: in a document that is flagged, a clause holds the words of a measure of
the national list, and the model does not hold it for one that has nothing to do with the matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from pipeline.assess.nothing_set import sets_nothing
from pipeline.assess.rules import measure_stages
from pipeline.assess.subjects import PUBLICITY, PUBLISHED
from pipeline.document import Citation, Clause, Function, Metadata, Role
from pipeline.extract.authorities.provisions import checked_provision, earlier_provision
from pipeline.extract.measures import OUTSIDE_THE_LIST, find_measures

LISTS = "纳入严重失信主体名单"
_LISTED = re.compile(
    r"(?:对|将)[^。；]{0,24}(?:失信|名单|信用等级|不良|违约)[^。；]{0,30}(?:措施|惩戒|处理|如下|下列)[^。；]{0,8}[：:]$"
)
#: Those whom another clause has listed or found dishonest: whatever this one takes from them is a measure.
_LISTED_ONES = re.compile(
    r"(?:失信|诚信缺失|不诚信|守信差|失约)(?:人员|单位|企业|主体|户|者|村民|个人)|名单(?:内|中|上)的|名单(?:企业|单位|人员|商户|农户|机构)|列入名单的|被列入"
)
_DISHONEST = re.compile(r"失信|惩戒|约束|黑名单|红黑|不良行为|不诚信")
_ON_DISHONESTY = re.compile(r"失信|联合惩戒|信用惩戒|黑名单|红黑榜|不良行为")
#: The words by which a clause sets a function itself.
_SAID = {
    Function.RECOGNITION: re.compile(r"(?:列入|纳入|列为|认定为|录入)[^，。；]{0,30}(?:名单|名录|对象|失信)"),
    Function.RECORDING: re.compile(r"(?:记入|计入|载入|录入|建立)[^，。；]{0,24}(?:档案|记录|信息库)|如实记录"),
    Function.COLLECTION: re.compile(r"(?:归集|报送|纳入|录入|上传)[^，。；]{0,24}(?:平台|系统|数据库|信用信息)"),
    Function.SHARING: re.compile(r"共享|通报|推送|抄送"),
    Function.PUBLICITY: re.compile(r"公示|公布|公开|公告|曝光|披露|予以通报"),
    Function.PUNISHMENT: re.compile(
        r"限制|不得|禁止|取消|停止|暂停|不予|从严|阻止|一并适用|同样适用|加大[^，。；]{0,8}(?:检查|抽查)|提高[^，。；]{0,8}(?:检查|抽查)|惩戒"
    ),
}
_AT_ALL_LIKELY = 0.05
_CLOSING = 4  # characters after a basis that closes its clause
_A_DOCUMENT = 2048  # clauses
_LIST_NAME = re.compile(r"(?:失信)?(?:联合)?惩戒(?:对象|主体)?名单")
_ON_PROCEDURE = re.compile(r"^\s*(?:作出|拟作出|当事人|对[^，。]{0,12}决定不服)")


def functions_by_basis(clause: Clause, cited: Sequence[Citation], on: str) -> set[str]:
    """The functions that a clause sets by the articles that it names as its basis; empty where no article is known to."""
    on = on or date.today().isoformat()
    bases = [citation for citation in cited if citation.qualified and citation.role is Role.MEASURE_BASIS]
    if not bases or sets_nothing(clause.text) or _ON_PROCEDURE.search(clause.text):
        return set()
    found: set[str] = set()
    for citation in bases:
        if citation.authority is None:
            continue
        after = _LIST_NAME.sub("名单", _resting(clause, citation))
        for article in citation.articles:
            title = citation.authority.title
            known = checked_provision(title, article, on) or earlier_provision(title, article, on)
            if known is not None:
                found |= {f.value for f, words in _SAID.items() if f.value in known.functions and words.search(after)}
    return found


def _resting(clause: Clause, citation: Citation) -> str:
    """The words of a clause that rest on what it cites: those after it; where it closes the clause (in brackets, in the last column of
    a table), those before it."""
    after = clause.text[max(citation.end - clause.start, 0) :]
    return after if len(after) > _CLOSING else clause.text[: max(citation.start - clause.start, 0)]


def under_dishonesty(clause: Clause) -> bool:
    """Whether a heading above a clause speaks of dishonest conduct (第四章 失信惩戒)."""
    return any(_ON_DISHONESTY.search(heading) for heading in clause.path)


def functions_by_words(clause: Clause, title: str, above: str) -> set[str]:
    """The functions of the punishments and lists whose words stand in a clause under a title of credit; under one of dishonesty
    itself (失信惩戒办法), or ``above`` which those listed are named (对列入名单的单位：), of whatever is barred or published too."""
    if sets_nothing(clause.text):
        return set()
    found = _categories(clause)
    dishonest = _DISHONEST.search(title) is not None or under_dishonesty(clause) or _LISTED.search(above) is not None
    struck = dishonest or _LISTED_ONES.search(clause.text) is not None
    listed = {
        category
        for category in (found if struck else found - {OUTSIDE_THE_LIST})
        if category == LISTS or measure_stages()[category][0] == "惩戒"
    }
    functions = {measure_stages()[category][0] for category in listed}
    if (
        (dishonest or _DISHONEST.search(_NAMES.sub("", clause.text)))
        and PUBLISHED.search(clause.text)
        and (PUBLICITY in found or PUBLISHED.search(title) or _LISTED.search(above))
    ):
        functions.add(str(Function.PUBLICITY))
    return functions


def _categories(clause: Clause) -> frozenset[str]:
    """The categories of the measures whose words stand in a clause, weak words too."""
    return _categories_in(clause.text, "失信" + "".join(clause.path))


@lru_cache(maxsize=_A_DOCUMENT)  # asked for by its words, then beside others
def _categories_in(text: str, context: str) -> frozenset[str]:
    return frozenset(measure.category for measure in find_measures(text, context=context))


def functions_beside_others(clause: Clause, relevance: float) -> set[str]:
    """The functions of the measures of the national list whose words stand in a clause of a flagged document, where the model finds it
    at all likely to be about dishonest conduct; of those outside the list too where it speaks of those listed (对名单企业一律收贷). A
    list (黑名单) is one whatever the model finds."""
    if sets_nothing(clause.text):
        return set()
    found = _categories(clause)
    if _LISTED_ONES.search(clause.text):
        sure = found
    else:
        sure = found - {OUTSIDE_THE_LIST} if relevance >= _AT_ALL_LIKELY else found & {LISTS}
    return {measure_stages()[category][0] for category in sure}


_REPEALS = re.compile(r"(?:废止|宣布[^，。]{0,6}失效|停止(?:执行|施行|适用)).{0,60}(?:通知|决定|公告|通告|函)(?:（.{0,12}）)?$")
_CHANGES = re.compile(r"修改|修订|修正|印发|公布《|建立|加强|进一步")
_NAMES = re.compile(r"《[^》\n]{0,120}》|[（(][^（）()]{0,40}号[)）]")
_SETS = re.compile(r"应当|必须|不得|列入|纳入|记入|公示|曝光|惩戒|限制|禁止")


def only_repeals(metadata: Metadata, clauses: Sequence[Clause]) -> bool:
    """Whether a document only repeals others (废止文件): its title says so, and nothing is set outside the names of what it
    repeals (DOMAIN, section 3). It sets no measure, but ticks off rows of the ledger."""
    title = _NAMES.sub("", metadata.title)
    if not _REPEALS.search(title) or _CHANGES.search(title):
        return False
    return not any(_SETS.search(_NAMES.sub("", clause.text)) for clause in clauses)
