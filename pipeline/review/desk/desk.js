// The served page: asks the server on this machine, keeps every decision there at once, and goes on without waiting for it.
const query = new URLSearchParams(location.search), token = query.get("token");
const FILTERS = { pick: "范围", state: "进度", function: "环节", year: "年份", format: "格式", issuer: "发文机关", disposition: "机器建议", verdict: "是否符合", reviewer: "复核人" };
const views = new Map(); // id -> promise of a view; the next document is there before it is asked for
const decided = new Set();
let known = {}, listing, current = null, shown = null, seq = 0, page = 1, sourceOpen = sessionStorage.getItem("source") !== "no", lastWrite = Promise.resolve();

async function call(path, body) {
  const answer = await fetch(path, { method: body ? "POST" : "GET", headers: { "X-Shixin-Token": token, ...(body && { "Content-Type": "application/json" }) }, body: body && JSON.stringify(body) }).catch(() => null);
  if (!answer) throw new Error("复核服务已停止，刚才的操作没有保存。请重新运行 shixin review，打开它印出的新地址。");
  if (!answer.ok) {
    const said = await answer.text();
    let words = said;
    try { words = JSON.parse(said).said; } catch { /* plain words */ }
    throw Object.assign(new Error(words), { code: answer.status });
  }
  return answer.json();
}
const who = () => find("who").value.trim();
const titled = (fact) => `《${fact.title.length > 26 ? `${fact.title.slice(0, 26)}……` : fact.title}》`;
const view = (id) => {
  if (!views.has(id)) {
    if (views.size > 40) views.delete(views.keys().next().value);
    views.set(id, call(`api/view/${id}`).catch((error) => { views.delete(id); throw error; }));
  }
  return views.get(id);
};

async function start() {
  known = await call("api/start");
  find("who").value = query.get("name") || sessionStorage.getItem("who") || known.name || "";
  if (known.second) find("who").disabled = true;
  seq = known.seq;
  find("choices").replaceChildren(...known.choices.map(([choice, label], index) => {
    const button = make("button", { type: "button", onclick: () => armed() && choose(index, false) }, `${label} `, make("kbd", { textContent: index + 1 }));
    button.dataset.choice = choice;
    return button;
  }));
  if (!known.second) find("filters").replaceChildren(...Object.entries(FILTERS).map(([name, label]) => {
    const select = make("select", { id: name, title: label, onchange: () => refresh() });
    if (["pick", "issuer", "reviewer"].includes(name)) select.className = "wide";
    if (name !== "pick") select.append(make("option", { value: "", textContent: `${label}：不限` }));
    select.append(...known.offered[name].map((value) => make("option", { value, textContent: value })));
    return select;
  }));
  else find("listed").textContent = "第二人复核：不显示他人的决定，请独立判断。";
  if (known.second) for (const id of ["search", "note"]) find(id).hidden = true;
  listing = new Listing(find("list"), open, (ids) => call("api/facts", ids));
  await refresh();
  if (!who()) { find("who").focus(); toast("请先在右上角填写姓名，决定会记在您名下。"); }
  else document.querySelector("#choices button").focus({ focusVisible: false });
  setInterval(news, 2000);
}

async function refresh() {
  const asked = new URLSearchParams(Object.keys(FILTERS).map((name) => [name, find(name)?.value ?? ""]));
  asked.set("text", find("search").value);
  for (const name of Object.keys(FILTERS)) find(name)?.classList.toggle("set", Boolean(find(name).value) && name !== "pick");
  const order = await call(`api/order?${asked}`);
  decided.clear();
  order.decided.forEach((id) => decided.add(id));
  await listing.fill(order.ids);
  progress(order.progress);
  if (!known.second) find("listed").textContent = `${order.ids.length} 个文件，未决定的在前，按预计发现从多到少`;
  if (!order.ids.includes(current)) await open(order.ids[0] ?? null);
  else listing.show(current);
}
const progress = (told) => { find("bar").max = Math.max(told.of, 1); find("bar").value = told.done; find("count").textContent = `已决定 ${told.done}/${told.of}`; };

async function open(id) {
  current = id;
  listing.show(id);
  if (!id) { shown = null; find("view").replaceChildren("没有符合条件的文件。"); find("like").replaceChildren(); for (const each of find("choices").children) each.disabled = true; return; }
  const coming = view(id);
  const made = await coming.catch((error) => { toast(error.message); return null; });
  if (!made || current !== id) return;
  shown = made;
  const box = find("view");
  box.innerHTML = made.html; // made by our own template, which escapes every word of a document
  placeLines();
  box.scrollTop = 0;
  find("note").value = listing.facts.get(id)?.note ?? made.note;
  pressed();
  like(made);
  page = Number(box.querySelector(".sx-clause[data-page]")?.dataset.page || 1);
  source();
  documentShown();
  ahead();
}
function placeLines() {
  find("view").querySelector(".lines")?.remove();
  if (shown.lines.length) find("view").querySelector(".sx-bars, h4")?.before(linesTable(shown.lines, known.offered.function, known.measures, editLine));
}
function pressed() {
  const decision = listing.facts.get(current)?.decision ?? shown?.decision ?? "";
  for (const button of find("choices").children) { button.disabled = !current; button.setAttribute("aria-pressed", String(button.dataset.choice === decision)); }
}
function like(made) {
  const open = made.like.filter((each) => !decided.has(each.id));
  find("like").replaceChildren(...(made.like.length ? [make("details", {}, make("summary", { textContent: `同类文件 ${made.like.length} 份，其中 ${open.length} 份未决定；按 Shift+数字 与本文件一并决定` }),
    make("ul", {}, ...made.like.map((each) => make("li", { textContent: `${each.title}　${each.number}${each.decision ? `【${each.decision}】` : ""}` }))))] : []));
}
function following(id) {
  const at = listing.ids.indexOf(id), rest = [...listing.ids.slice(at + 1), ...listing.ids.slice(0, Math.max(at, 0))];
  return rest.find((each) => !decided.has(each)) ?? null;
}
function ahead() {
  const next = following(current), beside = listing.ids[listing.ids.indexOf(current) + 1];
  for (const id of new Set([next, beside])) if (id) view(id).catch(() => {});
}

// decisions

function choose(index, whole) {
  if (!current || !shown || shown.id !== current) return;
  if (!who()) { find("who").focus(); return toast("请先填写姓名"); }
  const choice = known.choices[index][0], label = known.choices[index][1];
  const alike = whole ? shown.like.filter((each) => !decided.has(each.id)) : [];
  const facts = [listing.facts.get(current) ?? shown, ...alike], ids = facts.map((each) => each.id);
  const before = Object.fromEntries(facts.map((each) => [each.id, each.decision]));
  const kept = facts.map((each) => ({ ...each }));
  const note = find("note").value, name = who();
  listing.put(facts.map((each) => ({ ...each, decision: choice, who: name, note })));
  ids.forEach((id) => { decided.add(id); views.delete(id); });
  toast(`已决定：${label}　${titled(facts[0])}${alike.length ? ` 等 ${ids.length} 份` : ""}`, undo);
  write(async () => {
    const done = await call("api/decide", { ids, decision: choice, note, who: name, before });
    listing.put(done.items);
  }, () => {
    listing.put(kept);
    kept.forEach((each) => { if (!each.decision) decided.delete(each.id); views.delete(each.id); });
    open(ids[0]);
  });
  const next = following(current);
  if (next) open(next);
  else { pressed(); documentShown(); toast(`已决定：${label}　${titled(facts[0])}。本清单已全部决定。`, undo); }
}
function undo() {
  write(async () => {
    const { items } = await call("api/undo", { who: who() });
    listing.put(items);
    items.forEach((each) => { (each.decision ? decided.add(each.id) : decided.delete(each.id)); views.delete(each.id); });
    toast(`已撤销：${items.length ? titled(items[0]) : ""}${items.length > 1 ? ` 等 ${items.length} 份` : ""}`);
    if (items.length) await open(items[0].id);
  });
}
// One write after another, in the order of the keys; what fails is told and shown as it was.
function write(work, back = () => {}) {
  lastWrite = lastWrite.then(work).catch((error) => { back(); toast(error.message); news(); });
  return lastWrite;
}
async function editLine(edit) {
  const id = current, name = who();
  if (!name) { find("who").focus(); return toast("请先填写姓名"); }
  await write(async () => {
    const before = (listing.facts.get(id) ?? shown).lines_version;
    const done = await call("api/edit", { id, edit, who: name, before });
    listing.put([done]);
    views.delete(id);
    if (current === id) { shown.lines = done.lines; placeLines(); }
    toast({ keep: "已核对本行", strike: "已删去本行", restore: "已恢复本行", relabel: "已改本行", add: "已增列一行" }[edit.act], undo);
  }, () => { views.delete(id); if (current === id) open(id); });
}
function add() {
  const chosen = selected(find("view"));
  if (!chosen) return toast("请先在条款或全文中选中文字，再按 a");
  if (known.second) return;
  const table = find("view").querySelector(".lines tbody") ?? (() => { shown.lines = []; find("view").prepend(linesTable([], known.offered.function, known.measures, editLine)); return find("view").querySelector(".lines tbody"); })();
  const row = editor({ id: "", content: `增列：“${chosen.words}”`, functions: [], measure: "", bases: "", ...chosen }, known.offered.function, known.measures, editLine, () => null);
  table.append(row);
  row.scrollIntoView({ block: "center" });
  row.querySelector("input").focus();
}

// others

async function news() {
  const told = await call(`api/news?since=${seq}`).catch((error) => { find("news").textContent = error.message; return null; });
  if (!told) return;
  seq = told.seq;
  progress(told.progress);
  const others = told.items.filter((each) => each.who && each.who !== who());
  for (const each of told.items) { (each.decision ? decided.add(each.id) : decided.delete(each.id)); if (each.who !== who()) views.delete(each.id); }
  listing.put(told.items);
  if (others.length) find("news").textContent = `${others[0].who} 决定了${titled(others[0])}：${others[0].decision}${others.length > 1 ? ` 等 ${others.length} 份` : ""}`;
  else if (/停止/.test(find("news").textContent)) find("news").textContent = "";
  if (told.items.some((each) => each.id === current)) pressed();
}

// the source beside the text

function source() {
  const has = shown && ["pdf", "jpg", "jpeg", "png", "bmp", "gif", "tiff", "webp"].includes(shown.format);
  find("source").hidden = !shown || !sourceOpen || !has;
  if (shown && !find("view").querySelector(".open")) find("view").querySelector(".sx-place")?.append("　", make("a", { className: "open", href: `file/${shown.id}?token=${token}`, target: "_blank", rel: "noreferrer", textContent: "打开原文件" }));
  if (find("source").hidden) return;
  page = Math.min(Math.max(page, 1), shown.pages);
  find("file").href = `file/${shown.id}?token=${token}`;
  find("pageno").textContent = `第 ${page} 页，共 ${shown.pages} 页`;
  find("back").disabled = page <= 1;
  find("forth").disabled = page >= shown.pages;
  const address = `page/${shown.id}/${page}?token=${token}`;
  if (find("paper").dataset.address === address) return;
  find("paper").dataset.address = address;
  const picture = make("img", { src: address, alt: `第 ${page} 页` });
  picture.onerror = async () => { const said = await call(address).catch((error) => error.message); picture.replaceWith(make("p", { textContent: String(said) })); };
  find("paper").replaceChildren(make("p", { textContent: "正在取页面……" }), picture);
  picture.onload = () => picture.previousSibling?.remove();
}
const turn = (to) => { page = to; source(); };
const toggle = () => { sourceOpen = !sourceOpen; sessionStorage.setItem("source", sourceOpen ? "yes" : "no"); source(); if (sourceOpen && find("source").hidden) toast("这种格式没有页面图像，可点“打开原文件”。"); };
const step = (by) => { const at = listing.ids.indexOf(current), to = listing.ids[Math.max(0, Math.min(listing.ids.length - 1, at + by))]; if (to && to !== current) open(to); };

async function noted() {
  const fact = listing.facts.get(current) ?? shown;
  if (!fact?.decision || find("note").value === fact.note) return;
  const note = find("note").value;
  await write(async () => { const done = await call("api/decide", { ids: [fact.id], decision: fact.decision, note, who: who(), before: { [fact.id]: fact.decision } }); listing.put(done.items); toast("已保存意见", undo); });
}

listen({ choose, step, undo, search: () => find("search").focus(), source: toggle, add, page: turn });
find("undo").addEventListener("click", undo);
find("ask").addEventListener("click", help);
find("close").addEventListener("click", toggle);
find("back").addEventListener("click", () => turn(page - 1));
find("forth").addEventListener("click", () => turn(page + 1));
find("note").addEventListener("change", noted);
find("search").addEventListener("change", () => { refresh(); find("search").blur(); });
find("who").addEventListener("change", () => { sessionStorage.setItem("who", who()); find("who").blur(); });
start().catch((error) => { find("view").textContent = error.message; });
