// A sketch of a picture, in its place until Plotly is there: its lines and marks, without numbers.

const SVG = "http://www.w3.org/2000/svg";

export function sketch(place, { data, layout }) {
  const size = { width: place.clientWidth, height: layout.height };
  const svg = drawn("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
  for (const note of layout.annotations || []) {
    const [x, y] = [note.xref, note.yref].map((ref) => /^([xy]\d*) domain$/.exec(ref));
    // The titles of panels, which stand above them; other words are for Plotly.
    if (x && y && note.y === 1 && note.yanchor === "bottom") {
      svg.append(title(note, frameOf({ xaxis: x[1], yaxis: y[1] }, layout, size), layout));
    }
  }
  for (const trace of data) {
    const mode = trace.mode || "lines+markers";
    if (trace.visible === false || trace.type !== "scatter" || mode === "text") continue;
    const frame = frameOf(trace, layout, size);
    const points = pointsIn(trace, frame);
    const panel = windowOn(frame);
    if (mode.includes("lines")) panel.append(lineOf(trace, points));
    if (mode.includes("markers")) panel.append(...marksOf(trace, points, frame));
    svg.append(panel);
  }
  place.replaceChildren(svg);
}

function drawn(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

// Where the panel of a trace is, in pixels, and how values become places in it.
function frameOf(trace, layout, size) {
  const { l = 0, r = 0, t = 0, b = 0 } = layout.margin;
  const [x, y] = [axisOf(trace.xaxis || "x", layout), axisOf(trace.yaxis || "y", layout)];
  const wide = size.width - l - r;
  const high = size.height - t - b;
  let [left, right] = x.domain.map((share) => l + share * wide);
  let [bottom, top] = y.domain.map((share) => t + (1 - share) * high);
  if (y.scaleanchor) {
    // One unit is as long across as up, from the upper left corner.
    const unit = Math.min((right - left) / span(x.range), (bottom - top) / span(y.range));
    if (x.constraintoward === "left") right = left + unit * span(x.range);
    else [left, right] = [-1, 1].map((side) => (left + right) / 2 + (side * unit * span(x.range)) / 2);
    if (y.constraintoward === "top") bottom = top + unit * span(y.range);
    else [top, bottom] = [-1, 1].map((side) => (top + bottom) / 2 + (side * unit * span(y.range)) / 2);
  }
  return { left, right, top, bottom, x: scale(x, left, right), y: scale(y, bottom, top) };
}

function axisOf(name, layout) {
  const axis = layout[`${name[0]}axis${name.slice(1)}`] || {};
  return { domain: [0, 1], range: [0, 1], ...axis };
}

function span([from, to]) {
  return Math.abs(to - from);
}

function scale({ range, type }, from, to) {
  const value = type === "log" ? Math.log10 : Number;
  return (one) => (one === null ? NaN : from + ((value(one) - range[0]) / (range[1] - range[0])) * (to - from));
}

function pointsIn({ x, y }, frame) {
  return Array.from(y, (height, i) => [frame.x(x ? x[i] : i), frame.y(height)]);
}

function lineOf(trace, points) {
  let path = "";
  let pen = false;
  for (const [x, y] of points) {
    const seen = Number.isFinite(x) && Number.isFinite(y);
    if (seen) path += `${pen ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`;
    pen = seen;
  }
  const { color, width = 2, dash } = trace.line || {};
  return drawn("path", {
    d: path || "M0,0",
    fill: trace.fill === "toself" ? trace.fillcolor : "none",
    stroke: color || "currentColor",
    "stroke-width": width,
    "stroke-dasharray": dash && dash !== "solid" ? (dash === "dot" ? "2 4" : "8 6") : "none",
  });
}

// What lies outside a panel is not seen.
function windowOn({ left, right, top, bottom }) {
  const [width, height] = [Math.max(right - left, 0), Math.max(bottom - top, 0)];
  return drawn("svg", { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}` });
}

function marksOf(trace, points, frame) {
  const { size = 6, color = "currentColor", opacity = 1 } = trace.marker || {};
  const within = ([x, y]) => x >= frame.left && x <= frame.right && y >= frame.top && y <= frame.bottom;
  return points.flatMap((point, i) => {
    const radius = (typeof size === "number" ? size : size[i] || 0) / 2;
    if (!radius || !within(point)) return [];
    const fill = typeof color === "string" ? color : "currentColor";
    return [drawn("circle", { cx: point[0], cy: point[1], r: radius, fill, opacity })];
  });
}

function title(note, { left, right, top }, layout) {
  const words = drawn("text", {
    x: left + note.x * (right - left),
    y: top - 5,
    fill: layout.font.color,
    "font-size": note.font.size,
    "font-weight": 700,
  });
  words.textContent = note.text.replace(/<[^>]*>/g, "");
  return words;
}
