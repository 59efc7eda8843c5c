"use strict";
// Keys of review, the same on the served page and in the file that is sent by mail. `act` holds what each does.
const GUARD = 300; // ms that a document must have been shown before a key can decide it: a double press decides one, not two
const KEYS = [
  ["1–5", "作出决定：1 保留　2 修订　3 立法　4 废止　5 不属失信约束文件"],
  ["Shift+1–5", "同类文件一并决定（先看清“同类文件”一栏）"],
  ["j ↓　k ↑", "下一个、上一个文件"],
  ["u", "撤销自己最后一次操作，无论是哪个文件"],
  ["n　N", "下一处、上一处判断所据的词语"],
  ["/", "搜索标题、文号、正文"],
  ["v", "显示或收起原件页面"],
  ["a", "把选中的文字增列为措施"],
  ["c", "写复核意见（Esc 回到文件）"],
  ["?", "本说明"],
];
const KEYS_OF_DESK = ["Shift+1–5", "v", "a"]; // what needs the server
let shownAt = 0;
let lastMark = -1;

const find = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
};
const armed = () => performance.now() - shownAt >= GUARD;
const documentShown = () => { shownAt = performance.now(); lastMark = -1; };

function listen(act) {
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("textarea, select, input:not([type=checkbox])");
    if (event.key === "Escape") {
      if (find("help").open) find("help").close();
      else if (field) field.blur();
      return;
    }
    if (field || event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = /^(Digit|Numpad)([1-5])$/.exec(event.code);
    const name = event.key;
    const does = {
      j: () => act.step(1), ArrowDown: () => act.step(1), k: () => act.step(-1), ArrowUp: () => act.step(-1),
      u: () => act.undo(), U: () => act.undo(), n: () => evidence(1, act), N: () => evidence(-1, act), "/": () => act.search(), "?": () => help(),
      v: () => act.source?.(), a: () => act.add?.(), c: () => find("note").focus(),
    };
    if (find("help").open && name !== "?") return;
    if (digit && !event.repeat) {
      event.preventDefault();
      if (armed()) act.choose(Number(digit[2]) - 1, event.shiftKey);
    } else if (does[name]) {
      event.preventDefault();
      if (!event.repeat || "jkArrowDownArrowUpnN".includes(name)) does[name]();
    }
  });
}

function evidence(by, act) {
  const marks = [...find("view").querySelectorAll("mark.sx-evidence, mark.sx-measure")].filter((mark) => !mark.closest(".sx-legend, details:not([open])"));
  if (!marks.length) return;
  find("view").querySelectorAll(".sx-here").forEach((mark) => mark.classList.remove("sx-here"));
  lastMark = (lastMark + by + marks.length) % marks.length;
  marks[lastMark].classList.add("sx-here");
  marks[lastMark].scrollIntoView({ block: "center" });
  const page = marks[lastMark].closest("[data-page]")?.dataset.page;
  if (page) act.page?.(Number(page));
}

function help() {
  const box = find("help");
  if (box.open) return box.close();
  box.replaceChildren(make("h2", { textContent: "按键" }), make("table", {}, make("tbody", {}, ...KEYS.filter(([key]) => !KEYS_OF_DESK.includes(key) || find("source")).map(([key, what]) =>
    make("tr", {}, make("th", { textContent: key }), make("td", { textContent: what }))))),
    make("p", { textContent: "按 Esc 或再按 ? 关闭。决定当即生效；新文件显示不到 0.3 秒时按键不作决定，以免连按误判。" }));
  box.showModal();
}

let clearing = 0;
function toast(words, undo) {
  const box = find("toast");
  box.replaceChildren(words);
  if (undo) box.append(make("button", { type: "button", textContent: "撤销 (u)", onclick: undo }));
  box.hidden = false;
  clearTimeout(clearing);
  clearing = setTimeout(() => { box.hidden = true; }, undo ? 8000 : 6000);
}
