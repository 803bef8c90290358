// Where panels stand: side by side as far as there is room, on a phone one at a time.

import { layoutAt, tracesAt } from "./picture.js";

// A panel with others beside it is no narrower, in pixels.
const NARROWEST = 280;
// Room for the numbers of a vertical axis, and between a panel and its neighbour.
const NUMBERS = 46;
const BETWEEN = 14;
const USUAL_TYPE = 12;
// Room below panels without names and without anything written along an axis.
const EDGE = 8;

// How many panels a width has room for.
export function roomFor(width) {
  return Math.max(1, Math.floor(width / NARROWEST));
}

// Numbers of the panels that are shown: those that lead and those that were chosen, newest last.
export function shownPanels(picture, chosen, width) {
  const { panels } = picture;
  const all = [...panels.keys()];
  const asked = all.filter((number) => asks(picture, number));
  const wished = chosen.filter((number) => number < all.length);
  const room = roomFor(width);
  if (room === 1) return [...all.slice(0, 1), ...asked, ...wished].slice(-1);
  const leads = all.filter((number) => panels[number].leads);
  const kept = new Set([...asked, ...leads, ...wished.slice().reverse()].slice(0, Math.max(room, leads.length)));
  return all.filter((number) => kept.has(number));
}

// Where a guess is made, or stands beside its answer.
function asks({ panels, guess, asking, guessed }, number) {
  return Boolean((asking || guessed) && guess && panels[number].parts.some(({ x }) => x === guess.x));
}

// The picture at a tick, with its panels where they belong.
export function arranged(picture, { tick, guess, shown, width, height }) {
  const data = tracesAt(picture, tick, guess);
  const layout = layoutAt(picture, tick);
  layout.width = width;
  layout.height = height || layout.height;
  if (!picture.panels.length) return { data, layout };
  const places = placed(picture, layout, shown);
  const [{ x, y }] = picture.panels[shown[0]].parts;
  for (const trace of data) {
    // Plotly draws axes even of traces that are not seen: they lend those of another panel.
    if (!places.has(trace.xaxis || "x")) Object.assign(trace, { visible: false, xaxis: x, yaxis: y });
  }
  tellNames(picture, data);
  for (const name of Object.keys(layout)) {
    const axis = /^([xy])axis(\d*)$/.exec(name);
    if (!axis) continue;
    const domain = places.get(axis[1] + axis[2]);
    if (domain) layout[name].domain = domain;
    else delete layout[name];
  }
  const seen = ({ xref = "", yref = "" }) => [xref, yref].every((ref) => ref === "paper" || places.has(ref.split(" ")[0]));
  for (const kind of ["annotations", "shapes", "images"]) {
    if (layout[kind]) layout[kind] = layout[kind].filter(seen);
  }
  if (!writesBelow(data, layout)) layout.margin.b = Math.min(layout.margin.b, EDGE);
  return { data, layout };
}

// The place of every axis that is shown, as a share of the whole; the left margin is made to fit.
function placed(picture, layout, shown) {
  const scale = layout.font.size / USUAL_TYPE;
  const panels = shown.map((number) => picture.panels[number]);
  const rooms = panels.map((panel) => roomLeft(panel, layout) * scale);
  layout.margin.l = rooms[0];
  const inner = Math.max(layout.width - layout.margin.l - (layout.margin.r || 0), 1);
  const gaps = rooms.map((room, i) => (i ? room + BETWEEN * scale : 0) / inner);
  const free = 1 - gaps.reduce((sum, gap) => sum + gap, 0);
  const widths = panels.map((panel) => panel.width || 1);
  const unit = free / widths.reduce((sum, width) => sum + width, 0);
  const places = new Map();
  let left = 0;
  panels.forEach((panel, i) => {
    left += gaps[i];
    const wide = widths[i] * unit;
    for (const { x, y, across = [0, 1], up = [0, 1] } of panel.parts) {
      places.set(x, across.map((share) => Math.min(left + share * wide, 1)));
      places.set(y, up);
    }
    left += wide;
  });
  return places;
}

// Whether anything is told below the panels: names, numbers of an axis, its words, a note.
function writesBelow(data, layout) {
  const across = Object.keys(layout).filter((name) => name.startsWith("xaxis")).map((name) => layout[name]);
  const written = ({ visible, showticklabels, title }) => visible !== false && (showticklabels !== false || (title || {}).text);
  return across.some(written)
    || data.some(({ visible, showlegend, name }) => visible !== false && showlegend !== false && name)
    || (layout.annotations || []).some(({ y, yanchor }) => y <= 0 && yanchor === "top");
}

function roomLeft(panel, layout) {
  const first = panel.parts.filter(({ across = [0] }) => across[0] === 0);
  const numbered = first.some(({ y }) => {
    const axis = layout[`yaxis${y.slice(1)}`] || {};
    return axis.visible !== false && axis.showticklabels !== false && (axis.tickvals || [0]).length;
  });
  return panel.room ?? (numbered ? NUMBERS : 4);
}

// A name that two panels tell is told once, by the first that is shown.
function tellNames({ twins = [] }, data) {
  const told = new Set();
  data.forEach((trace, number) => {
    if (trace.visible === false) return;
    if (twins.includes(number)) trace.showlegend = !told.has(trace.name);
    if (trace.showlegend !== false && trace.name) told.add(trace.name);
  });
}
