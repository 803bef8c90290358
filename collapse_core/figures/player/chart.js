// One chart, drawn by Plotly: whole for a new picture, and moved to any tick of the clock.

import { arranged } from "./arrange.js";
import { configured, enlarged } from "./picture.js";
import { changeImages, mover, rename } from "./nimble.js";

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false };
const AT_ONCE = { mode: "immediate", transition: { duration: 0 } };
const REST = 120;
// A new picture that only moved is drawn by Plotly once nothing has changed for so long.
const CALM = 500;
// What overtakes Plotly may leave its promise open: nobody waits for it longer than this.
const PATIENCE = 3000;
// Numbers and name of an axis, in pixels.
const WORDS_BELOW = 44;

export class Chart {
  constructor(place, Plotly) {
    this.place = place;
    this.Plotly = Plotly;
  }

  // Draws a picture as it stands at a tick; resolves once it is on the screen.
  async draw(picture, tick, { guess = null, shown = [], enlargement = 1, height = null } = {}) {
    clearTimeout(this.resting);
    this.picture = picture;
    this.guess = guess;
    this.panels = shown;
    this.asked = [enlargement, height];
    if (this.shown && this.becomes(picture, tick)) return;
    await this.react(tick);
  }

  get wide() {
    return Math.max(this.place.clientWidth, 60);
  }

  // What is drawn at a tick.
  arranged(tick) {
    const { picture, guess, panels, wide } = this;
    const [, height] = this.asked;
    return arranged(picture, { tick, guess, shown: panels, width: wide, height });
  }

  // Moves what is drawn to where a new picture has it, if only points and names differ.
  becomes(picture, tick) {
    const { data: traces, layout } = this.arranged(tick);
    const now = formOf(layout, this.asked);
    const kinds = traces.map(kindOf);
    const same = now === this.form && kinds.join() === this.kinds.join();
    if (!same || picture.redraws) return false;
    for (const [number, trace] of traces.entries()) {
      const before = this.drawn[number];
      if (trace.name !== before.name && trace.showlegend !== false && !rename(this.place, before.name, trace.name)) return false;
      if (trace.visible === false) continue;
      if (sameNumbers(trace.x, before.x) && sameNumbers(trace.y, before.y)) continue;
      if (!this.moves(number, { x: trace.x, y: trace.y })) return false;
    }
    this.drawn = traces;
    this.tick = tick;
    this.moved = this.stale = this.restless = true;
    this.resting = setTimeout(() => this.rest(), CALM);
    return true;
  }

  async react(tick) {
    const [enlargement] = this.asked;
    const { data: drawn, layout: plain } = this.arranged(tick);
    this.drawn = drawn;
    this.kinds = drawn.map(kindOf);
    this.form = formOf(plain, this.asked);
    this.stale = false;
    const data = enlarged(drawn.map((trace) => ({ ...trace })), enlargement);
    const layout = enlarged(plain, enlargement);
    layout.font = { ...layout.font, family: getComputedStyle(this.place).fontFamily };
    layout.width = this.width = this.wide;
    this.enlargement = enlargement;
    this.movers = new Map();
    this.moved = false;
    // A trace is found again by its number, whatever the panel it moved to.
    data.forEach((trace, number) => (trace.uid = `t${number}`));
    const legend = [layout.width, enlargement, this.panels, ...data.map((trace) => trace.name)].join();
    if (this.legend === legend) layout.margin.b = Math.max(layout.margin.b, this.bottom);
    // A step that comes meanwhile is drawn over this one, and again once all rests.
    this.tick = tick;
    this.shown = this.Plotly.react(this.place, data, layout, configured(this.picture, CONFIG));
    await patiently(this.shown);
    await patiently(this.makeRoom(legend, enlargement));
    this.movers.clear();
    this.restless = this.moved;
  }

  // Plotly moves panels up for a legend, but not for what is written between them and it.
  async makeRoom(legend, enlargement) {
    const { _height: height = 0 } = this.place._fullLayout.legend || {};
    const bottom = height && height + WORDS_BELOW * enlargement;
    if (this.legend !== legend && bottom > this.place.layout.margin.b) {
      await this.Plotly.relayout(this.place, { "margin.b": bottom });
    }
    Object.assign(this, { legend, bottom });
  }

  // Shows another tick: at once what only moves, by Plotly what needs more.
  move(tick) {
    const { data, traces, layout: changed } = this.picture.frames[tick];
    const layout = changed && this.changed(tick, changed);
    const seen = (i) => this.drawn[traces[i]].visible !== false;
    const left = traces.map((_, i) => i).filter((i) => seen(i) && !this.moves(traces[i], data[i]));
    if (left.length) {
      // What Plotly works out again here is less than all that changes.
      const part = { data: left.map((i) => data[i]), traces: left.map((i) => traces[i]) };
      this.animate(part).catch(() => {}); // a later step overtook it
    }
    const others = layout && Object.keys(layout).some((name) => name !== "images");
    if (layout && (others || !changeImages(this.place, layout.images))) {
      this.Plotly.relayout(this.place, structuredClone(layout));
    }
    this.tick = tick;
    this.moved = this.restless = true;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), this.stale ? CALM : REST);
  }

  // What of a frame's layout is seen: the rest belongs to panels that are not shown.
  changed(tick, layout) {
    const { layout: all } = this.arranged(tick);
    return Object.fromEntries(Object.keys(layout).map((name) => [name, all[name]]));
  }

  moves(number, change) {
    if (!this.movers.has(number)) this.movers.set(number, mover(this.place, number));
    const move = this.movers.get(number);
    return Boolean(move && move(change));
  }

  animate(part) {
    for (const mark of this.place.querySelectorAll("path.point")) mark.style.display = "";
    const frame = { duration: 0, redraw: this.picture.redraws };
    const larger = { ...part, data: enlarged(part.data, this.enlargement) };
    return this.Plotly.animate(this.place, [larger], { ...AT_ONCE, frame });
  }

  // Lets Plotly draw the moment that is shown, so that hovering and saving know it.
  async rest() {
    clearTimeout(this.resting);
    if (!this.moved) return;
    this.moved = false;
    if (this.stale) {
      await this.react(this.tick);
      return;
    }
    const { layout: changed, ...part } = this.picture.frames[this.tick];
    const layout = changed && this.changed(this.tick, changed);
    try {
      await patiently(this.animate(part));
      if (layout && !this.left) await patiently(this.Plotly.relayout(this.place, structuredClone(layout)));
    } catch {
      // Something overtook it: once more, unless a later step will or the page was left.
      if (this.left || this.moved) return;
      this.moved = true;
      this.resting = setTimeout(() => this.rest(), REST);
      return;
    }
    this.movers.clear();
    this.restless = this.moved;
  }

  leave() {
    this.left = true;
    clearTimeout(this.resting);
    if (this.shown) this.Plotly.purge(this.place);
  }
}

function patiently(promise) {
  return Promise.race([promise, new Promise((done) => setTimeout(done, PATIENCE))]);
}

// What a trace is besides its points and its name, which is also told on hovering.
function kindOf({ x, y, name, text, hovertemplate, ...rest }) {
  return frozen(rest) + (text === undefined ? "" : frozen(text));
}

// What a layout is, besides where notes are that stand at values: they follow when all rests.
function formOf({ annotations = [], images, ...rest }, asked) {
  const notes = annotations.map(({ x, y, ...note }) =>
    /paper|domain/.test(note.xref + note.yref) ? { x, y, ...note } : note
  );
  return frozen([rest, notes, asked]);
}

function frozen(part) {
  return JSON.stringify(part, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value) : value));
}

function sameNumbers(one, other) {
  if (one === other) return true;
  if (!one || !other || one.length !== other.length) return false;
  return Array.prototype.every.call(one, (value, i) => Object.is(value, other[i]));
}
