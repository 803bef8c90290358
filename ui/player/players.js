// Mounts the players of a page: the stage brings a picture, the hand what changes without one.

const stages = new WeakMap();
const named = new Map();
let Plotly;

// The app's own files lie beside Streamlit's, whatever path the app is served under.
function places() {
  const scripts = [...document.querySelectorAll("script[src], link[rel=modulepreload]")];
  const found = scripts.map((node) => (node.src || node.href).split("/static/js/")).find((parts) => parts[1]);
  const here = location.origin + location.pathname.replace(/[^/]*$/, "");
  return [found && `${found[0]}/`, here, `${location.origin}/`].filter(Boolean);
}

// Milliseconds until what has neither come nor failed is asked for once more, by another address: a
// request that hangs would only be joined. Whichever comes first is taken.
const PATIENCE = 15000;

function arrives(address) {
  return new Promise((done) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(Boolean(globalThis.Plotly));
    script.onerror = () => done(false);
    document.head.append(script);
  });
}

function arrivesInTime(address) {
  let waiting;
  const again = new Promise((done) => {
    waiting = setTimeout(() => done(arrives(`${address}?again`)), PATIENCE);
  });
  return Promise.race([arrives(address), again]).finally(() => clearTimeout(waiting));
}

async function load() {
  if (globalThis.Plotly) return globalThis.Plotly;
  for (const place of new Set(places())) {
    if (await arrivesInTime(`${place}app/static/BUNDLE`)) return globalThis.Plotly;
  }
  throw new Error("BUNDLE was not found: is server.enableStaticServing on?");
}

function loaded() {
  // What did not arrive is asked for again by the next picture.
  Plotly ??= load().catch((trouble) => {
    Plotly = undefined;
    throw trouble;
  });
  return Plotly;
}

function entryOf(name) {
  if (!named.has(name)) named.set(name, {});
  return named.get(name);
}

function told(entry, what, value) {
  if (entry.hand && entry.tell) entry.tell(what, value);
}

function stage({ data, parentElement }) {
  const root = parentElement.querySelector(".player");
  const visit = {};
  let mounted = stages.get(root);
  if (!mounted || mounted.over) {
    mounted = { stamp: null };
    stages.set(root, mounted);
  }
  mounted.visit = visit;
  const stamp = new TextDecoder().decode(data.subarray(4, 20));
  if (mounted.stamp !== stamp) {
    mounted.stamp = stamp;
    const picture = modelCollapse.unpack(data);
    const entry = entryOf(picture.name);
    mounted.player ??= new modelCollapse.Player(root, {
      load: loaded,
      rests: (tick) => told(entry, "tick", tick),
      // The same guess may be made again: what is told has a number.
      guesses: (guess) => told(entry, "guess", `${(entry.turn = (entry.turn || 0) + 1)} ${guess}`),
      chooses: (panels) => told(entry, "panels", panels),
    });
    entry.player = mounted.player;
    // A hand that came before its picture.
    if (entry.hand && !mounted.player.hand) mounted.player.steer(entry.hand);
    mounted.player.show(picture);
  }
  return () => {
    if (mounted.visit !== visit) return;
    mounted.over = true;
    if (mounted.player) mounted.player.leave();
    stages.delete(root);
  };
}

function hand({ data, setStateValue }) {
  const entry = entryOf(data.name);
  const visit = {};
  Object.assign(entry, { hand: data, tell: setStateValue, visit });
  if (entry.player && !entry.player.left) entry.player.steer(data);
  return () => {
    // Another visit of the page brings its own.
    if (entry.visit === visit) entry.hand = null;
  };
}

// Once for all pages, so that a page begins to load what draws while the server still computes.
const meeting = (globalThis.modelCollapseMeeting ??= {});
meeting.ready ??= new Promise((arrived) => (meeting.arrived = arrived));
const sheet = document.createElement("style");
sheet.textContent = STYLE;
document.head.append(sheet);
meeting.arrived({ stage, hand });
// What draws is fetched while the server still computes; it runs once the sketch is there.
const early = document.createElement("link");
Object.assign(early, { rel: "preload", as: "script", href: `${places()[0]}app/static/BUNDLE` });
document.head.append(early);

export default function () {}
