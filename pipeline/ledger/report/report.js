"use strict";
// The report's list: search, sort, and the details of a document unpacked when it is looked at. Without a script all else is there.
const table = document.getElementById("list"), sought = document.getElementById("sought"), sum = document.getElementById("sum");
if (table) {
  const body = table.tBodies[0], rows = [...body.rows], texts = rows.map((row) => row.textContent.toLowerCase());
  const ids = rows.map((row) => row.cells[1].firstChild.getAttribute("href").slice(1));
  const look = () => {
    const words = sought.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    rows.forEach((row, index) => { row.hidden = !words.every((word) => texts[index].includes(word)); shown += !row.hidden; });
    sum.textContent = `${shown} / ${rows.length} 个文件`;
  };
  sought.addEventListener("input", look);
  look();
  let by = -1, turn = 1;
  const collator = new Intl.Collator("zh-CN", { numeric: true });
  [...table.tHead.rows[0].cells].forEach((cell, index) => cell.addEventListener("click", () => {
    turn = by === index ? -turn : 1;
    by = index;
    [...rows].sort((one, two) => turn * collator.compare(one.cells[index].textContent, two.cells[index].textContent)).forEach((row) => body.append(row));
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", turn > 0 ? "ascending" : "descending");
  }));
  const packs = [...document.querySelectorAll("script.pack")], place = document.getElementById("shown"), each = Number(place?.dataset.each);
  const unpack = async (index) => {
    const raw = Uint8Array.from(atob(packs[index].textContent), (letter) => letter.charCodeAt(0));
    const text = await new Response(new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    return text.split("\0");
  };
  const open = async () => {
    const at = ids.indexOf(location.hash.slice(1));
    if (!packs.length || at < 0) return;
    place.textContent = "正在打开……";
    try {
      place.innerHTML = (await unpack(Math.floor(at / each)))[at % each];
    } catch {
      place.textContent = "这个浏览器打不开压缩的明细，请换用较新的浏览器，或看 ledger.xlsx。";
    }
    place.scrollIntoView();
  };
  addEventListener("hashchange", open);
  table.addEventListener("click", (event) => { if (event.target.closest(`a[href="${location.hash}"]`)) open(); });
  open();
}
