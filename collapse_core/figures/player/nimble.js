// Moves what changes with the clock straight in Plotly's drawing.
//
// Plotly works all panels out anew for each step, which allows some twenty steps a second. While the
// hand moves, only the paths that change are written; once it rests, Plotly draws that moment itself,
// so that hovering, saving and the next picture know it.

// Returns a function that moves a trace, or null where only Plotly can.
export function mover(chart, number) {
  const trace = chart._fullData[number];
  if (!trace || trace.visible !== true || trace.type !== "scatter") return null;
  if (trace.mode.includes("text") && trace.mode !== "text") return null;
  if (trace.fill && !["none", "tozeroy", "toself"].includes(trace.fill)) return null;
  const panel = chart._fullLayout._plots[(trace.xaxis || "x") + (trace.yaxis || "y")];
  const group = panel && panel.plot.node().querySelector(`.scatterlayer .trace${trace.uid}`);
  if (!group) return null;
  if (trace.mode === "text") return (change) => changeTexts(group, change);
  const places = { x: placing(panel.xaxis), y: placing(panel.yaxis) };
  const within = ([x, y]) => x >= -1 && y >= -1 && x <= panel.xaxis._length + 1 && y <= panel.yaxis._length + 1;
  const now = { x: trace.x, y: trace.y };
  return (change) => {
    for (const name in change) if (name !== "x" && name !== "y") return false;
    Object.assign(now, change);
    const points = pointsOf(now, places);
    return (
      (!trace.mode.includes("lines") || moveLine(group, trace, points, places)) &&
      (!trace.mode.includes("markers") || moveMarks(group, points, within))
    );
  };
}

function placing(axis) {
  return (value) => (value === null || value === undefined ? NaN : axis.d2p(value));
}

function pointsOf({ x, y }, places) {
  const points = [];
  for (let i = 0; i < y.length; i += 1) points.push([places.x(x ? x[i] : i), places.y(y[i])]);
  return points;
}

function isPlace([x, y]) {
  return Number.isFinite(x) && Number.isFinite(y);
}

function moveLine(group, trace, points, places) {
  const [path, ...others] = group.querySelectorAll("path.js-line");
  const step = STEPS[trace.line.shape];
  if (!path || !step) return false;
  let drawn = "";
  let before = null;
  for (const point of points) {
    const seen = isPlace(point);
    if (seen) drawn += before ? step(before, point) : `M${point[0].toFixed(2)},${point[1].toFixed(2)}`;
    before = seen ? point : null;
  }
  path.setAttribute("d", drawn || "M0,0");
  for (const other of others) other.setAttribute("d", "M0,0");
  if (!trace.fill || trace.fill === "none") return true;
  const area = group.querySelector("path.js-fill");
  if (trace.fill === "toself" && area) area.setAttribute("d", `${drawn}Z`);
  if (trace.fill === "toself") return Boolean(area);
  const ends = points.filter(isPlace);
  if (!area || !ends.length) return false;
  const ground = places.y(0).toFixed(2);
  area.setAttribute("d", `${drawn}L${ends.at(-1)[0].toFixed(2)},${ground}L${ends[0][0].toFixed(2)},${ground}Z`);
  return true;
}

// How a line goes from one point to the next, by its shape.
const STEPS = {
  linear: (_, [x, y]) => `L${x.toFixed(2)},${y.toFixed(2)}`,
  hv: (_, [x, y]) => `H${x.toFixed(2)}V${y.toFixed(2)}`,
  hvh: ([from], [x, y]) => `H${((from + x) / 2).toFixed(2)}V${y.toFixed(2)}H${x.toFixed(2)}`,
};

function moveMarks(group, points, within) {
  const home = group.querySelector(".points");
  const marks = home ? [...home.querySelectorAll("path.point")] : [];
  const seen = points.map((point, i) => [point, i]).filter(([point]) => isPlace(point));
  // Plotly makes no mark for a point that is out of sight.
  if (!marks.length) return !seen.some(([point]) => within(point));
  const numbered = marks.every((mark) => mark.__data__ && mark.__data__.i !== undefined);
  // Marks of different looks stand for their own point; alike ones for any.
  const alike = new Set(marks.map((mark) => mark.getAttribute("d") + mark.getAttribute("style"))).size === 1;
  if (!alike && !numbered) return false;
  if (alike) {
    while (marks.length < seen.length) marks.push(home.appendChild(marks[0].cloneNode(true)));
    marks.forEach((mark, i) => put(mark, seen[i] && seen[i][0]));
    return true;
  }
  for (const mark of marks) put(mark, isPlace(points[mark.__data__.i] || []) ? points[mark.__data__.i] : null);
  return seen.every(([, i]) => marks.some((mark) => mark.__data__.i === i));
}

function put(mark, point) {
  mark.style.display = point ? "" : "none";
  if (point) mark.setAttribute("transform", `translate(${point[0].toFixed(2)},${point[1].toFixed(2)})`);
}

// Writes other texts in the places of those that are there, with the marks that Plotly knows.
function changeTexts(group, change) {
  const places = [...group.querySelectorAll(".textpoint text")];
  if (Object.keys(change).join() !== "text" || places.length !== change.text.length) return false;
  places.forEach((place, i) => {
    const read = document.createElement("template");
    read.innerHTML = change.text[i];
    place.replaceChildren(...[...read.content.childNodes].map(styled));
  });
  return true;
}

const MARKS = { B: ["font-weight", "bold"], I: ["font-style", "italic"], U: ["text-decoration", "underline"] };

function styled(node) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  const span = document.createElementNS("http://www.w3.org/2000/svg", "tspan");
  const [name, value] = MARKS[node.nodeName] || ["fill", (node.style && node.style.color) || ""];
  span.style.setProperty(name, value);
  span.replaceChildren(...[...node.childNodes].map(styled));
  return span;
}

// Writes another name into the legend; returns whether it stands there.
export function rename(chart, before, name) {
  const place = [...chart.querySelectorAll(".legendtext")].find((node) => node.textContent === before);
  if (place) place.textContent = name;
  return Boolean(place);
}

// Puts other images in the places of those that are there; returns whether that was possible.
export function changeImages(chart, images) {
  const shown = [...chart.querySelectorAll(".imagelayer image, .layer-above image, .layer-below image")];
  const unique = [...new Set(shown)];
  if (unique.length !== images.length) return false;
  unique.forEach((node, i) => {
    node.removeAttributeNS("http://www.w3.org/1999/xlink", "href");
    node.setAttribute("href", images[i].source);
  });
  return true;
}
