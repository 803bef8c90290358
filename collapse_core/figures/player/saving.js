// Saves the moment shown as PNG or SVG, with a title above it and below it what it was made with.

import { arranged } from "./arrange.js";
import { configured } from "./picture.js";

const SCALE = 2;
const SIDE = 16;
// For a legend that needs one more row in other type.
const ROOM = 20;

export async function save(Plotly, picture, { name, ...what }) {
  const blob = await rendered(Plotly, picture, what);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.${what.format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// The moment as a blob, without saving it.
export async function rendered(Plotly, picture, { tick, guess, shown, width, bottom, format }) {
  const { data, layout } = arranged(picture, { tick, guess, shown, width });
  const room = ROOM + Math.max(0, bottom - layout.margin.b);
  layout.margin.b += room;
  layout.margin.r = Math.max(layout.margin.r || 0, ROOM);
  layout.height += room;
  const size = { width, height: layout.height };
  const spec = { data, layout: { ...layout, width, images: layout.images }, config: configured(picture) };
  const drawn = await Plotly.toImage(spec, { format: "svg", ...size });
  const svg = framed(decodeURIComponent(drawn.slice(drawn.indexOf(",") + 1)), picture, size);
  return format === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : rastered(svg);
}

function framed(svg, picture, { width, height }) {
  const type = picture.layout.font.size;
  const lines = picture.about.flatMap((line) => broken(line, Math.floor((width - 2 * SIDE) / (0.52 * type))));
  const top = picture.title ? 2.6 * type : 0;
  const total = height + top + (lines.length + 0.8) * 1.4 * type;
  const { color } = picture.layout.font;
  const words = (text, y, size, weight) =>
    `<text x="${SIDE}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${color}" ` +
    `font-family="sans-serif">${escaped(text)}</text>`;
  const below = lines.map((line, i) => words(line, height + top + (i + 1) * 1.4 * type, type, 400));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${SCALE * width}" height="${Math.ceil(SCALE * total)}" viewBox="0 0 ${width} ${total}">` +
    `<rect width="100%" height="100%" fill="${picture.background}"/>` +
    (picture.title ? words(picture.title, 1.8 * type, 1.35 * type, 600) : "") +
    `<g transform="translate(0,${top})">${svg}</g>${below.join("")}</svg>`
  );
}

function broken(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= most) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

async function rastered(svg) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await new Promise((done, failed) => {
      image.onload = done;
      image.onerror = () => failed(new Error("the picture could not be painted"));
      image.src = address;
    });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d").drawImage(image, 0, 0);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
