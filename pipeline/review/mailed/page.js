// The page of review. Decisions are kept in the browser at once, and saved as a file for `shixin confirm`.
const data = JSON.parse(document.getElementById("data").textContent);
const prefix = `shixin/${data.scan}/`;
const done = []; // what was decided here, the last at the end: {id, earlier}
const memory = new Map(); // id -> {decision, note, at, saved}
const drafts = new Map(); // notes on documents that are not decided yet
let keeps = true; // whether the browser keeps anything for a page opened from a file
let current = null;

function load() {
  try {
    localStorage.setItem(prefix + "test", "1");
    localStorage.removeItem(prefix + "test");
  } catch {
    keeps = false;
    return;
  }
  for (const item of data.items) {
    try {
      const kept = JSON.parse(localStorage.getItem(prefix + item.id));
      // what was saved as a file before this page was made has been taken in, and may have been changed since
      if (kept && !(kept.saved && kept.at <= data.made)) memory.set(item.id, kept);
    } catch {
      localStorage.removeItem(prefix + item.id);
    }
  }
}

function keep(id, entry) {
  memory.set(id, entry);
  if (keeps) localStorage.setItem(prefix + id, JSON.stringify(entry));
}

const standing = (item) => memory.get(item.id) || item;
const unsaved = () => [...memory.values()].filter((entry) => !entry.saved).length;

function shown() {
  const pick = find("pick").value, state = find("state").value, name = find("function").value, words = find("search").value.trim().toLowerCase();
  return data.items.filter((item) =>
    (!words || `${item.title}\n${item.number}\n${find(`d-${item.id}`).content.textContent}`.toLowerCase().includes(words)) &&
    (pick === "全部" || pick === item.pick) &&
    (!state || Boolean(standing(item).decision) === (state === "decided")) &&
    (!name || item.functions.includes(name)));
}

function fill() {
  const items = shown();
  if (!items.some((item) => item.id === current)) current = items.length ? items[0].id : null;
  find("list").replaceChildren(...items.map((item, number) => {
    const line = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.append(`${number + 1}. ${item.title}`);
    const decision = standing(item).decision;
    if (decision) {
      const tag = document.createElement("small");
      tag.textContent = `【${decision}】`;
      button.append(tag);
    }
    if (item.id === current) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => open(item.id));
    line.className = "sx-line";
    line.append(button);
    return line;
  }));
  show();
}

function open(id) {
  current = id;
  fill();
}

function show() {
  const item = data.items.find((each) => each.id === current);
  const view = find("view");
  if (view.dataset.id !== String(current)) {
    view.replaceChildren(item ? find(`d-${item.id}`).content.cloneNode(true) : "没有符合条件的文件。");
    view.dataset.id = String(current);
    view.scrollTop = 0;
    documentShown();
    find("note").value = item ? drafts.get(item.id) ?? standing(item).note : "";
  }
  for (const button of find("decide").querySelectorAll("button")) button.disabled = !item;
  for (const button of document.querySelectorAll("[data-choice]"))
    button.setAttribute("aria-pressed", String(Boolean(item && button.dataset.choice && standing(item).decision === button.dataset.choice)));
  document.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  tell();
}

function tell() {
  const flagged = data.items.filter((item) => item.pick === "命中文件");
  const outside = data.items.filter((item) => item.pick === "不属本单位的命中文件").length;
  const done = flagged.filter((item) => standing(item).decision).length;
  find("bar").max = Math.max(flagged.length, 1);
  find("bar").value = done;
  find("count").textContent = `命中文件已决定 ${done}/${flagged.length}` + (outside ? `（另有 ${outside} 个不属本单位）` : "");
  const waiting = unsaved();
  find("warn").textContent = (waiting ? `有 ${waiting} 个决定尚未保存成文件` : "") + (keeps ? "" : "　本浏览器不保留内容，关闭前务必保存");
  find("save").disabled = memory.size === 0;
}

function record(choice) {
  drafts.delete(current);
  const item = data.items.find((each) => each.id === current), earlier = memory.get(current);
  // what this page last saved, else what it was made with: by it two people's pages are told apart when they are taken in
  const before = earlier ? (earlier.saved ? earlier.decision : earlier.before) : item.decision;
  keep(current, { before, decision: choice, note: find("note").value, at: new Date().toISOString().slice(0, 19) + "+00:00", saved: false });
}

function note() {
  const item = data.items.find((each) => each.id === current);
  if (!item) return;
  if (standing(item).decision) record(standing(item).decision);
  else drafts.set(current, find("note").value);
  tell();
}

function decide(choice) {
  const items = shown(), at = items.findIndex((item) => item.id === current), item = items[at];
  if (!item) return;
  done.push({ id: current, earlier: memory.get(current), before: item.decision, note: item.note });
  record(choice);
  toast(`已决定：${choice || "撤销"}　《${item.title.slice(0, 26)}》`, undo);
  if (choice) {
    const rest = [...items.slice(at + 1), ...items.slice(0, at)];
    const following = rest.find((item) => !standing(item).decision);
    if (following) current = following.id;
  }
  fill();
}

// The last decision made here, wherever it was: the document is as it was before, and is shown.
function undo() {
  const last = done.pop();
  if (!last) return toast("没有可以撤销的决定");
  const now = memory.get(last.id);
  if (last.earlier) keep(last.id, { ...last.earlier, saved: last.earlier.saved && !now?.saved });
  else if (now?.saved) keep(last.id, { before: now.decision, decision: last.before, note: last.note, at: new Date().toISOString().slice(0, 19) + "+00:00", saved: false });
  else { memory.delete(last.id); if (keeps) localStorage.removeItem(prefix + last.id); }
  current = last.id;
  find("view").dataset.id = "";
  fill();
  toast("已撤销");
}

function step(by) {
  const items = shown(), at = items.findIndex((item) => item.id === current);
  const to = items[Math.max(0, Math.min(items.length - 1, at + by))];
  if (to) open(to.id);
}

function save() {
  const decisions = [...memory].map(([id, entry]) => ({ document_id: id, decision: entry.decision, note: entry.note, decided_at: entry.at, before: entry.before ?? "" }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ decisions }, null, 1)], { type: "application/json" }));
  link.download = "复核决定.json";
  link.click();
  for (const [id, entry] of memory) keep(id, { ...entry, saved: true });
  tell();
}

load();
for (const id of ["pick", "state", "function"]) find(id).addEventListener("change", fill);
for (const button of document.querySelectorAll("[data-choice]")) button.addEventListener("click", () => armed() && decide(button.dataset.choice));
find("note").addEventListener("change", note);
find("previous").addEventListener("click", () => step(-1));
find("next").addEventListener("click", () => step(1));
find("save").addEventListener("click", save);
find("undo").addEventListener("click", undo);
find("ask").addEventListener("click", help);
find("search").addEventListener("change", () => { fill(); find("search").blur(); });
const choices = [...document.querySelectorAll("[data-choice]")];
listen({ choose: (index) => choices[index].click(), step, undo, search: () => find("search").focus() });
addEventListener("beforeunload", (event) => { if (unsaved()) event.preventDefault(); });
fill();
