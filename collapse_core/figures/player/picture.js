// A picture as it comes: a length, a stamp of the content, a JSON header, and buffers of numbers.

const STAMP = 16;
const KINDS = {
  i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array, i4: Int32Array,
  u4: Uint32Array, f4: Float32Array, f8: Float64Array,
};

export function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder();
  const length = view.getUint32(0, true);
  const stamp = decoder.decode(bytes.subarray(4, 4 + STAMP));
  const start = 4 + STAMP;
  const header = decoder.decode(bytes.subarray(start, start + length));
  // A copy begins where every kind of number may begin.
  const numbers = bytes.slice(start + length + ((8 - ((start + length) % 8)) % 8));
  const revive = (_, value) => {
    if (value === null || typeof value !== "object" || value.$ === undefined) return value;
    const [kind, from, count, digits] = value.$;
    const read = new KINDS[kind](numbers.buffer, from, count);
    // Decimals come as whole numbers of their last digit.
    return digits ? Float64Array.from(read, (whole) => whole / 10 ** digits) : read;
  };
  return { ...JSON.parse(header, revive), stamp };
}

// The traces as they stand at one tick, with the reader's guess, a list, where there is one.
export function tracesAt(picture, tick, guess) {
  const traces = picture.traces.map((trace) => ({ ...trace }));
  const frame = picture.frames[tick];
  if (frame) frame.traces.forEach((number, i) => Object.assign(traces[number], frame.data[i]));
  for (const trace of traces) {
    if (trace.meta !== "guess") continue;
    const { at = [], begins } = picture.guess || {};
    trace.visible = Array.isArray(guess) && guess.length === at.length;
    if (trace.visible) trace.y = begins ? [begins[1], ...guess] : [...guess];
  }
  return traces;
}

export function layoutAt(picture, tick) {
  const frame = picture.frames[tick];
  return structuredClone({ ...picture.layout, ...(frame && frame.layout) });
}

// What Plotly is told besides: percentages come as money where the language has its own sign for them.
export function configured(picture, config = {}) {
  const { percent } = picture;
  return percent ? { ...config, locale: "page", locales: { page: { format: { currency: percent } } } } : config;
}

// Sizes of type, lines and marks, made larger for a screen that is seen from far away.
export function enlarged(part, factor) {
  if (factor === 1 || part === null || typeof part !== "object" || ArrayBuffer.isView(part)) return part;
  if (Array.isArray(part)) return part.map((item) => enlarged(item, factor));
  const larger = {};
  for (const [name, value] of Object.entries(part)) {
    if (name === "size" || name === "width") larger[name] = timesAll(value, factor);
    else if (name === "margin") larger[name] = mapped(value, (side) => side * factor);
    else if (name === "yshift" || name === "xshift") larger[name] = value * factor;
    else if (SCALED_INSIDE.has(name) || /^[xy]axis\d*$/.test(name)) larger[name] = enlarged(value, factor);
    else larger[name] = value;
  }
  return larger;
}

const SCALED_INSIDE = new Set([
  "line", "marker", "font", "textfont", "tickfont", "hoverlabel", "legend", "annotations",
]);

function timesAll(value, factor) {
  if (typeof value === "number") return value * factor;
  return Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value, (one) => one * factor) : value;
}

function mapped(values, change) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
