// How a learner answers: one row for each number, and a picture of the answer that can be touched.
// The picture says nothing that the rows do not: those who cannot see or touch it lose nothing.

const SVG = "http://www.w3.org/2000/svg";

function drawn(name, entries = {}, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(entries)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function bounded(value, { low, high, step }) {
  const nearest = low + Math.round((value - low) / step) * step;
  return Math.min(high, Math.max(low, Number(nearest.toFixed(6))));
}

const WIDE = 320;

// Each picture has a height, draws the values, and says which values a touched point means.
const PICTURES = {
  share: {
    high: 130,
    draw: (of) => {
      if (!of.known(0)) return [drawn("rect", { x: 1, y: 1, width: WIDE - 2, height: 128, class: "empty" })];
      const cut = WIDE * of.values[0];
      return [
        drawn("rect", { width: cut, height: 130, class: "first" }),
        drawn("rect", { x: cut, width: WIDE - cut, height: 130, class: "second" }),
        // Blue has a line across: colour alone tells nothing.
        drawn("path", { d: `M${cut} 65H${WIDE}`, class: "across" }),
        drawn("circle", { cx: cut, cy: 65, r: 11, class: "handle" }),
      ];
    },
    touched: (of, x) => [[0, x / WIDE]],
  },
  line: {
    high: 120,
    draw: (of) => {
      const [place, spread] = of.fields.map((field, i) => of.at(i));
      const x = of.along(0) * WIDE;
      const unit = WIDE / (of.fields[0].high - of.fields[0].low);
      const steps = [...Array(81).keys()].map((i) => (i / 80) * WIDE);
      const tall = (at) => 100 - 80 * Math.exp(-0.5 * ((at - x) / Math.max(spread * unit, 1)) ** 2);
      const hill = steps.map((at) => `${at.toFixed(1)} ${tall(at).toFixed(1)}`).join("L");
      const parts = [drawn("path", { d: `M0 100H${WIDE}`, class: "axis" })];
      if (of.known(0)) {
        parts.push(drawn("path", { d: `M0 100L${hill}L${WIDE} 100Z`, class: of.known(1) ? "hill" : "hill faint" }));
        parts.push(drawn("circle", { cx: x, cy: 100, r: 9, class: "handle" }));
        const reach = Math.max(spread * unit, 1);
        parts.push(drawn("path", { d: `M${x - reach} 110H${x + reach}`, class: "reach" }));
      }
      return parts;
    },
    // The upper half moves the hill, the lower half widens it.
    touched: (of, x, y, held) => {
      const value = of.fields[0].low + (x / WIDE) * (of.fields[0].high - of.fields[0].low);
      held.part ??= of.known(0) && y > 60 && Math.abs(x - of.along(0) * WIDE) > 24 ? 1 : 0;
      return held.part ? [[1, Math.abs(value - of.at(0))]] : [[0, value]];
    },
  },
  plane: {
    high: WIDE,
    draw: (of) => {
      const span = of.fields[0].high - of.fields[0].low;
      const x = of.along(0) * WIDE;
      const y = (1 - of.along(1)) * WIDE;
      const parts = [drawn("rect", { x: 1, y: 1, width: WIDE - 2, height: WIDE - 2, class: "empty" })];
      if (of.known(0)) {
        parts.push(drawn("circle", { cx: x, cy: y, r: (of.at(2) / span) * WIDE, class: of.known(2) ? "hill" : "hill faint" }));
        parts.push(drawn("circle", { cx: x, cy: y, r: 9, class: "handle" }));
      }
      return parts;
    },
    touched: (of, x, y, held) => {
      const span = of.fields[0].high - of.fields[0].low;
      const away = Math.hypot(x - of.along(0) * WIDE, y - (1 - of.along(1)) * WIDE);
      held.part ??= of.known(0) && away > 32 ? 2 : 0;
      if (held.part) return [[2, (away / WIDE) * span]];
      return [[0, of.fields[0].low + (x / WIDE) * span], [1, of.fields[1].low + (1 - y / WIDE) * span]];
    },
  },
  columns: {
    high: 170,
    draw: (of) => {
      const wide = WIDE / of.fields.length;
      return of.fields.flatMap((field, i) => {
        const tall = of.known(i) ? Math.max(2, 146 * of.along(i)) : 0;
        const frame = { x: i * wide + 3, width: wide - 6 };
        return [
          drawn("rect", { ...frame, y: 2, height: 146, class: "empty" }),
          drawn("rect", { ...frame, y: 148 - tall, height: tall, class: "first" }),
          drawn("text", { x: (i + 0.5) * wide, y: 165, class: "name" }, field.label),
        ];
      });
    },
    touched: (of, x, y, held) => {
      const i = (held.part ??= Math.min(of.fields.length - 1, Math.max(0, Math.floor((x / WIDE) * of.fields.length))));
      const { low, high } = of.fields[i];
      return [[i, low + (1 - (y - 2) / 146) * (high - low)]];
    },
  },
};

// A melody is touched as columns are, and looks as it did when it was shown.
PICTURES.tune = {
  high: 150,
  draw: (of) => {
    const wide = WIDE / of.fields.length;
    const { low, high } = of.fields[0];
    const level = (share) => 140 - 128 * share;
    const lines = [...Array(high - low + 1).keys()].map((i) => `M0 ${level(i / (high - low))}H${WIDE}`);
    const notes = of.fields.map((field, i) => [(i + 0.5) * wide, level(of.along(i))]).filter((_, i) => of.known(i));
    return [
      drawn("rect", { x: 1, y: 1, width: WIDE - 2, height: 148, class: "empty" }),
      drawn("path", { d: lines.join(""), class: "lines" }),
      ...(notes.length > 1 ? [drawn("path", { d: `M${notes.map((at) => at.join(" ")).join("L")}`, class: "way" })] : []),
      ...notes.map(([cx, cy]) => drawn("circle", { cx, cy, r: Math.min(10, wide / 3), class: "note" })),
    ];
  },
  touched: (of, x, y, held) => {
    const i = (held.part ??= Math.min(of.fields.length - 1, Math.max(0, Math.floor((x / WIDE) * of.fields.length))));
    const { low, high } = of.fields[i];
    return [[i, low + ((140 - y) / 128) * (high - low)]];
  },
};

class Answering {
  constructor(asked, state, data, changed) {
    Object.assign(this, { asked, state, data, changed, fields: asked.fields });
    this.kind = PICTURES[asked.picture];
    this.total = document.createElement("p");
    this.rows = this.fields.map((field, i) => (asked.picture === "list" ? this.card(field, i) : this.row(field, i)));
    const rows = this.rows.map((row) => row.home);
    this.board = this.kind ? this.touchable() : null;
    const hint = Object.assign(document.createElement("p"), { textContent: asked.hint || "", ariaHidden: "true" });
    this.nodes = this.kind ? [hint, this.board, ...rows, this.total] : [this.hand(rows), this.total];
    this.show();
  }

  known(i) {
    return Boolean(this.state.touched[i]);
  }

  at(i) {
    return this.state.values[i] ?? this.fields[i].start;
  }

  along(i) {
    const { low, high } = this.fields[i];
    return (this.at(i) - low) / (high - low);
  }

  get values() {
    return this.fields.map((_, i) => this.at(i));
  }

  put(i, value) {
    this.state.values[i] = bounded(value, this.fields[i]);
    this.state.touched[i] = true;
    this.show();
    this.changed();
  }

  // A word on a card: each press writes it down once more.
  card(field, i) {
    const seen = document.createElement("span");
    const press = Object.assign(document.createElement("button"), { type: "button", onclick: () => this.put(i, this.at(i) + 1) });
    const back = Object.assign(document.createElement("button"), { type: "button", textContent: "−", onclick: () => this.put(i, this.at(i) - 1) });
    back.setAttribute("aria-label", `${field.label} −`);
    press.append(field.label, seen);
    const home = document.createElement("li");
    home.append(press, back);
    return { home, press, back, seen };
  }

  hand(cards) {
    const list = document.createElement("ul");
    list.className = "cards";
    list.append(...cards);
    return list;
  }

  // A range as every browser has it, and two buttons for one hand.
  row(field, i) {
    const home = document.createElement("div");
    home.className = this.fields.length > 2 ? "row" : "row large";
    const range = Object.assign(document.createElement("input"), {
      type: "range", min: field.low, max: field.high, step: field.step, value: this.at(i), id: `field-${i}`,
      oninput: () => this.put(i, Number(range.value)),
    });
    const label = Object.assign(document.createElement("label"), { htmlFor: range.id, textContent: field.label });
    const seen = document.createElement("output");
    seen.htmlFor = range.id;
    const by = (sign) => {
      const press = Object.assign(document.createElement("button"), {
        type: "button", textContent: sign > 0 ? "+" : "−",
        onclick: () => this.put(i, this.at(i) + sign * (field.press ?? field.step)),
      });
      press.setAttribute("aria-label", `${field.label} ${sign > 0 ? "+" : "−"}`);
      return press;
    };
    home.append(label, by(-1), range, by(1), seen);
    return { home, range, seen };
  }

  touchable() {
    const board = drawn("svg", { viewBox: `0 0 ${WIDE} ${this.kind.high}`, class: "board", "aria-hidden": "true" });
    // As wide as it is drawn: what is pressed is then where it seems to be.
    board.style.maxWidth = `calc(40vh * ${WIDE / this.kind.high})`;
    let held = null;
    const move = (event) => {
      const box = board.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * WIDE;
      const y = ((event.clientY - box.top) / box.height) * this.kind.high;
      for (const [i, value] of this.kind.touched(this, Math.min(WIDE, Math.max(0, x)), y, held)) this.put(i, value);
    };
    board.onpointerdown = (event) => {
      event.preventDefault();
      board.setPointerCapture(event.pointerId);
      held = {};
      move(event);
    };
    board.onpointermove = (event) => held && move(event);
    board.onpointerup = board.onpointercancel = () => (held = null);
    return board;
  }

  show() {
    this.rows.forEach((row, i) => (row.range ? this.showRow(row, i) : this.showCard(row, i)));
    if (this.board) this.board.replaceChildren(...this.kind.draw(this));
    this.total.textContent = this.asked.total ? this.asked.total.replace("{n}", this.sum()) : "";
  }

  showRow({ range, seen }, i) {
    const set = this.known(i) || this.asked.all === false;
    range.value = this.at(i);
    range.setAttribute("aria-valuetext", set ? this.said(i) : this.data.words.not_yet);
    range.classList.toggle("unset", !set);
    seen.textContent = set ? this.said(i) : "?";
  }

  showCard({ home, press, back, seen }, i) {
    const times = this.at(i);
    home.classList.toggle("chosen", times > 0);
    seen.textContent = times ? ` × ${times}` : "";
    press.disabled = this.sum() >= this.asked.most;
    back.hidden = !times;
  }

  said(i) {
    const value = this.asked.scaled && this.sum() > 0 ? this.at(i) / this.sum() : this.at(i);
    const { form, digits } = this.fields[i];
    const style = form === "percent" ? { style: "percent", maximumFractionDigits: 0 } : { minimumFractionDigits: digits ?? 0, maximumFractionDigits: digits ?? 0 };
    return new Intl.NumberFormat(this.data.language, style).format(value);
  }

  sum() {
    return this.values.reduce((all, value) => all + value, 0);
  }

  missing() {
    const moved = this.fields.map((_, i) => this.known(i));
    const enough = this.asked.all ? moved.every(Boolean) : this.sum() > 0;
    return enough ? "" : this.data.words.nothing_yet;
  }
}

