// Line by line: each line of the ledger is kept, struck or relabelled; a missed one is added from selected words.
function linesTable(lines, functions, measures, edit) {
  const box = make("section", { className: "lines" }, make("h4", { textContent: `逐条核对（${lines.length} 行）` }));
  if (lines.length && lines.every((line) => line.state === "已删去"))
    box.append(make("p", { className: "sx-note", textContent: "各行都已删去。如果文件没有失信约束措施，请决定“不属失信约束文件”。" }));
  const body = make("tbody", {}, ...lines.map((line) => lineRow(line, functions, measures, edit)));
  const heads = ["条款与原文", "环节、措施", "依据", "是否符合", ""].map((name) => make("th", { textContent: name }));
  box.append(make("table", {}, make("thead", {}, make("tr", {}, ...heads)), body));
  box.append(make("p", { className: "sx-quiet", textContent: "漏了一条时：在下面的条款或全文里选中文字，按 a 增列。" }));
  return box;
}

function lineRow(line, functions, measures, edit) {
  const button = (text, title, act) => make("button", { type: "button", textContent: text, title, tabIndex: 0, onclick: () => act() });
  const struck = line.state === "已删去";
  const tools = make("td", { className: "tools" });
  if (line.state) tools.append(make("span", { className: "sx-tag", textContent: line.state + (line.who ? `·${line.who}` : "") }));
  if (struck) tools.append(button("恢复", "恢复本行", () => edit({ act: "restore", line: line.id })));
  else {
    tools.append(button("对", "本行无误", () => edit({ act: "keep", line: line.id })),
      button("删", "删去本行：不是失信约束措施", () => edit({ act: "strike", line: line.id })),
      button("改", "改环节、措施类别或依据", () => row.replaceWith(editor(line, functions, measures, edit, () => lineRow(line, functions, measures, edit)))));
    if (["已改"].includes(line.state)) tools.append(button("复原", "恢复机器所填", () => edit({ act: "restore", line: line.id })));
  }
  const row = make("tr", { className: struck ? "struck" : "" }, make("td", { className: "pre", textContent: line.content }),
    make("td", { className: "pre", textContent: [line.functions.join("、"), line.measure].filter(Boolean).join("\n") }),
    make("td", { className: "pre", textContent: line.bases }),
    make("td", { title: line.reason }, make("span", { className: `sx-tag sx-${line.verdict}`, textContent: line.verdict })), tools);
  row.dataset.line = line.id;
  return row;
}

function editor(line, functions, measures, edit, back) {
  const boxes = functions.map((name) => make("input", { type: "checkbox", value: name, checked: line.functions.includes(name) }));
  const measure = make("select", {}, make("option", { value: "", textContent: "（不是惩戒措施，或类别不明）" }), ...measures.map((name) => make("option", { value: name, textContent: name })));
  measure.value = line.measure;
  const bases = make("textarea", { value: line.bases === "无" ? "" : line.bases, rows: 3, placeholder: "依据的名称、条款；没有依据就留空" });
  const save = make("button", { type: "button", className: "main", textContent: "保存", onclick: () => {
    const chosen = boxes.filter((each) => each.checked).map((each) => each.value);
    if (!chosen.length) return toast("请至少勾选一个环节");
    edit({ act: line.id ? "relabel" : "add", line: line.id, functions: chosen, measure: measure.value, bases: bases.value || "无", start: line.start || 0, end: line.end || 0 });
  } });
  const row = make("tr", { className: "editor" }, make("td", { colSpan: 5 }, make("p", { className: "pre", textContent: line.content }),
    make("p", {}, "环节：", ...boxes.map((each) => make("label", {}, each, each.value))),
    make("p", {}, make("label", {}, "措施类别：", measure)), make("p", {}, make("label", {}, "依据：", bases)),
    make("p", {}, save, make("button", { type: "button", textContent: "取消", onclick: () => row.replaceWith(back() || "") }))));
  return row;
}

// The selected words as offsets of the document's text (characters, not UTF-16 units); null where nothing usable is selected.
function selected(view) {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  const holder = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-start]");
  const text = holder(range.startContainer);
  if (!text || !view.contains(text)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const within = range.cloneRange();
  if (holder(range.endContainer) !== text) within.setEnd(text, text.childNodes.length);
  const length = (words) => [...words].length;
  const start = Number(text.dataset.start) + length(before.toString()), words = within.toString();
  return words.trim() ? { start, end: start + length(words), words } : null;
}
