// The list at the left: ten thousand lines, of which only those in sight are in the page.
const ROW = 58, BATCH = 120;

class Listing {
  constructor(box, opened, ask) {
    Object.assign(this, { box, opened, ask, ids: [], facts: new Map(), asked: new Set(), current: null, at: -1 });
    this.rows = make("ol");
    this.tall = make("div", { className: "tall" }, this.rows);
    box.replaceChildren(this.tall);
    box.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(box);
  }
  async fill(ids) {
    this.ids = ids;
    this.asked.clear();
    this.tall.style.height = `${ids.length * ROW}px`;
    await this.fetch(0, BATCH);
    this.draw();
  }
  async fetch(from, to) {
    const wanted = this.ids.slice(Math.max(0, from), to).filter((id) => !this.facts.has(id) && !this.asked.has(id));
    if (!wanted.length) return;
    wanted.forEach((id) => this.asked.add(id));
    for (const fact of await this.ask(wanted)) this.facts.set(fact.id, fact);
    wanted.forEach((id) => this.asked.delete(id));
    this.draw();
  }
  put(facts) {
    for (const fact of facts) this.facts.set(fact.id, fact);
    this.draw();
  }
  show(id) {
    this.current = id;
    this.at = this.ids.indexOf(id);
    const top = this.at * ROW;
    if (this.at >= 0 && (top < this.box.scrollTop || top + ROW > this.box.scrollTop + this.box.clientHeight))
      this.box.scrollTop = top - this.box.clientHeight / 3;
    this.draw();
  }
  draw() {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - 5), last = Math.min(this.ids.length, first + Math.ceil(this.box.clientHeight / ROW) + 10);
    this.rows.style.transform = `translateY(${first * ROW}px)`;
    this.rows.replaceChildren(...this.ids.slice(first, last).map((id, index) => this.line(id, first + index)));
    this.fetch(first - BATCH / 2, last + BATCH / 2);
  }
  line(id, number) {
    const fact = this.facts.get(id) || { title: "……" };
    const below = [fact.number, fact.date, fact.material && `非政策文件：${fact.material}`, fact.like_count > 1 && `同类 ${fact.like_count} 份`].filter(Boolean).join("　");
    const button = make("button", { type: "button", tabIndex: -1, onclick: () => this.opened(id) },
      make("b", { textContent: `${number + 1}. ${fact.title}`, title: fact.title }), make("small", { textContent: below }));
    if (fact.decision) button.append(make("span", { className: `sx-tag sx-${fact.decision}`, textContent: `${fact.decision}${fact.who ? `·${fact.who}` : ""}` }));
    if (id === this.current) button.setAttribute("aria-current", "true");
    return make("li", {}, button);
  }
}
