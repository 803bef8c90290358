// A picture with its clock: play, pause, step, scrub, save, full screen, and a sentence that follows.
// It knows no framework: whoever mounts it gives it a place that holds `player.html`.

import { Chart } from "./chart.js";
import { layoutAt, tracesAt } from "./picture.js";
import { sketch } from "./sketch.js";
import { save } from "./saving.js";

const SETTLE_AFTER = 350;
const NARROW = 640;
const PAGE = 10;
// For those who prefer less motion: a run in at most this many steps, one a second.
const CALM_STEPS = 20;
const CALM_PERIOD = 1000;
const LARGEST = 2;
const UNSEEN = 300;

export class Player {
  // `load` gives Plotly; `rests` is told where the hand comes to rest, `narrow` whether the place is.
  constructor(root, { load, rests = () => {}, narrow = () => {} }) {
    Object.assign(this, { root, load, rests, narrow });
    root.thePlayer = this; // for whoever finds it in a page
    this.hand = null;
    this.bind();
  }

  part(name) {
    return this.root.querySelector("." + name);
  }

  get last() {
    return Math.max(0, this.picture.frames.length - 1);
  }

  // Whether both are known: the picture, and where its hand is.
  get ready() {
    return Boolean(this.picture && this.hand);
  }

  // ------------------------------------------------------------------ what comes from outside

  // Takes a new picture. The hand stays where it is, as far as the picture goes.
  show(picture) {
    if (this.picture && this.picture.stamp === picture.stamp) return;
    this.picture = picture;
    this.part("chart").style.minHeight = `${picture.layout.height}px`;
    this.words();
    this.place();
    if (this.hand) this.appear();
  }

  // Takes what changes without the picture: where the hand is sent, and the reader's guess.
  steer(hand) {
    const before = this.hand;
    const sent = !before || hand.seek !== before.seek;
    this.hand = hand;
    if (sent) this.wish = hand.tick;
    if (!this.picture) return;
    if (!before) this.appear();
    else if (hand.guess !== before.guess) this.redraw();
    else if (sent) this.go(this.wish);
    this.place();
    this.begin();
  }

  // Draws for the first time, or another picture.
  appear() {
    this.tick = this.shown();
    // Plotly takes a while to come; until then its lines and marks alone.
    if (!this.chart) this.sketch();
    this.label();
    this.redraw();
  }

  leave() {
    this.left = true;
    this.halt();
    clearTimeout(this.settling);
    if (this.chart) this.chart.leave();
  }

  // ------------------------------------------------------------------ drawing

  sketch() {
    const { picture } = this;
    const data = tracesAt(picture, this.tick, this.hand.guess);
    try {
      sketch(this.part("sketch"), { data, layout: layoutAt(picture, this.tick) });
    } catch (trouble) {
      console.error(trouble); // the picture itself is still to come
    }
  }

  // Draws the picture anew; of several that come meanwhile only the newest.
  async redraw() {
    this.wanted = true;
    if (this.drawing) return;
    this.drawing = true;
    try {
      if (!this.chart) await painted(); // the sketch comes first
      const Plotly = await this.load();
      while (this.wanted && !this.left) {
        this.wanted = false;
        this.chart ??= new Chart(this.part("chart"), Plotly);
        const picture = this.picture;
        await this.chart.draw(picture, this.shown(), this.hand.guess, ...this.room());
        this.root.dataset.picture = picture.stamp;
      }
      if (this.left) return;
      this.drawing = false;
      if (this.root.dataset.state !== "playing") this.root.dataset.state = "still";
      this.go(this.wish);
      this.begin();
    } catch (trouble) {
      console.error(trouble);
      this.root.dataset.state = "failed";
    } finally {
      this.drawing = false;
    }
  }

  shown() {
    return Math.max(0, Math.min(this.last, this.wish));
  }

  // Moves the hand, and the picture at the next frame of the screen.
  go(tick) {
    // Where the hand is sent may be beyond the end of a picture that is still growing.
    this.wish = tick;
    this.tick = this.shown();
    this.label();
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = null;
      if (this.left || this.drawing || !this.picture.frames.length) return;
      if (this.root.dataset.state === "failed") this.sketch();
      if (!this.chart) return;
      if (this.chart.tick !== this.tick) this.chart.move(this.tick);
      this.root.dataset.tick = String(this.tick);
    });
  }

  // How much larger everything is, and how high the chart, on a full screen.
  room() {
    if (!this.isFull()) return [1, null];
    const { height } = this.picture.layout;
    const free = this.root.clientHeight - this.part("below").offsetHeight - 24;
    const wide = this.root.clientWidth / Math.max(this.usual || 1, 1);
    return [Math.max(1, Math.min(LARGEST, free / height, wide * 1.05)), Math.max(free, height)];
  }

  // ------------------------------------------------------------------ words

  words() {
    const { words, clock, alt, frames, saves } = this.picture;
    const still = frames.length < 2;
    this.root.setAttribute("aria-label", still ? alt : words.label);
    // Without a clock there is nothing that its keys could do.
    this.root.tabIndex = still ? -1 : 0;
    const chart = this.part("chart");
    chart.setAttribute("role", "img");
    chart.setAttribute("aria-label", alt);
    this.part("hand").max = String(this.last);
    this.part("hand").setAttribute("aria-label", clock);
    for (const name of ["back", "step", "full", "keys", "png", "svg", "speed"]) {
      this.part(name).title = this.part(name).ariaLabel = words[name];
    }
    for (const name of ["slow", "normal", "fast", "list"]) this.part(name).textContent = words[name];
    this.part("play").textContent = this.timer ? words.pause : words.play;
    this.root.classList.toggle("unsaved", !saves);
    this.root.classList.toggle("clockless", still);
  }

  // Says at which tick the picture is: to the eye always, to the ear when the hand rests.
  label() {
    const { clock, frames, captions } = this.picture;
    const hand = this.part("hand");
    const now = frames.length ? `${clock} ${frames[this.tick].name}` : "";
    hand.value = String(this.tick);
    this.part("now").textContent = now;
    fill(this.part("caption"), captions[this.tick] || "");
    if (!this.timer) hand.setAttribute("aria-valuetext", now);
  }

  // Tells whoever mounted it whether it is in a narrow place.
  place() {
    if (!this.root.clientWidth || this.isFull()) return;
    this.usual = this.root.clientWidth;
    this.narrow(this.root.clientWidth < NARROW);
  }

  // ------------------------------------------------------------------ the clock

  begin() {
    if (!this.hand.autoplay || this.begun || this.drawing || !this.chart) return;
    this.begun = true;
    if (!calm()) this.play();
  }

  play() {
    if (this.last < 1) return;
    if (this.tick >= this.last) this.go(0);
    this.part("caption").setAttribute("aria-live", "off");
    this.part("play").textContent = this.picture.words.pause;
    this.root.dataset.state = "playing";
    const period = () => (calm() ? CALM_PERIOD : 1000 / Number(this.part("speed").value));
    const stride = calm() ? Math.ceil(this.last / CALM_STEPS) : 1;
    let next = performance.now();
    const turn = (now) => {
      if (!this.timer) return;
      if (now >= next) {
        next = Math.max(next + period(), now - period());
        this.go(Math.min(this.last, this.tick + stride));
        if (this.tick >= this.last) return this.pause();
      }
      this.timer = requestAnimationFrame(turn);
    };
    this.timer = requestAnimationFrame(turn);
  }

  halt() {
    if (this.timer) cancelAnimationFrame(this.timer);
    this.timer = null;
    if (!this.ready) return;
    if (this.root.dataset.state === "playing") this.root.dataset.state = "still";
    this.part("play").textContent = this.picture.words.play;
    this.part("caption").setAttribute("aria-live", "polite");
    this.label();
  }

  pause() {
    this.halt();
    this.settle();
  }

  toggle() {
    if (this.timer) this.pause();
    else this.play();
  }

  to(tick) {
    this.halt();
    this.go(Math.max(0, Math.min(this.last, tick)));
    this.settle();
  }

  // Tells where the hand rests, once it does.
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.rests(this.tick), SETTLE_AFTER);
  }

  // ------------------------------------------------------------------ keys, buttons, full screen

  bind() {
    const ready = (action) => (event) => this.ready && action(event);
    this.part("play").onclick = ready(() => this.toggle());
    this.part("back").onclick = ready(() => this.to(this.tick - 1));
    this.part("step").onclick = ready(() => this.to(this.tick + 1));
    this.part("hand").oninput = ready((event) => {
      this.halt();
      this.go(Number(event.target.value));
    });
    this.part("hand").onchange = ready(() => this.settle());
    for (const format of ["png", "svg"]) this.part(format).onclick = ready(() => this.save(format));
    this.part("full").onclick = ready(() => this.full());
    this.part("keys").onclick = () => this.list();
    this.root.onkeydown = ready((event) => this.key(event));
    this.root.onfullscreenchange = ready(() => this.resized());
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = {
      " ": () => this.toggle(),
      ArrowLeft: () => this.to(this.tick - 1),
      ArrowDown: () => this.to(this.tick - 1),
      ArrowRight: () => this.to(this.tick + 1),
      ArrowUp: () => this.to(this.tick + 1),
      PageDown: () => this.to(this.tick - PAGE),
      PageUp: () => this.to(this.tick + PAGE),
      Home: () => this.to(0),
      End: () => this.to(this.last),
      f: () => this.full(),
      "?": () => this.list(),
      Escape: this.root.classList.contains("full") ? () => this.full() : null,
    }[event.key];
    const own = event.target.matches("button, select, summary") && /^( |Enter|Arrow|Page|Home|End)/.test(event.key);
    const asked = own && !(event.target.matches("button") && event.key !== " ");
    if (!action || asked) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  list() {
    const list = this.part("list");
    list.hidden = !list.hidden;
    this.part("keys").setAttribute("aria-expanded", String(!list.hidden));
  }

  isFull() {
    return document.fullscreenElement === this.root || this.root.classList.contains("full");
  }

  async full() {
    if (document.fullscreenElement === this.root) return document.exitFullscreen();
    const pinned = this.root.classList.contains("full");
    // Where an element cannot have the screen, as on an iPhone, it fills the window.
    if (!pinned && this.root.requestFullscreen) {
      try {
        return await this.root.requestFullscreen();
      } catch {
        // Not allowed here, for example within another page.
      }
    }
    this.root.classList.toggle("full", !pinned);
    this.resized();
  }

  resized() {
    requestAnimationFrame(() => this.redraw());
  }

  async save(format) {
    if (!this.chart) return;
    const { picture, hand, tick } = this;
    const name = picture.filename.replace("{tick}", String(tick));
    const here = this.part("chart").clientWidth;
    // Wide enough for the wider type that a file may be shown in.
    const width = Math.max(here < NARROW ? 480 : 1200, here);
    const bottom = here < NARROW ? this.chart.bottom : 0;
    await save(await this.load(), picture, { tick, guess: hand.guess, width, bottom, format, name });
  }
}

// A page that nobody looks at is not painted: it is drawn all the same.
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, UNSEEN);
  });
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Captions mark the numbers that matter with **two stars**; everything else is plain text.
function fill(place, caption) {
  place.replaceChildren(
    ...caption.split("**").map((piece, index) => {
      if (index % 2 === 0) return document.createTextNode(piece);
      const strong = document.createElement("strong");
      strong.textContent = piece;
      return strong;
    })
  );
}
