// A picture with its clock: play, pause, step, scrub, save, full screen, and a sentence that follows.
// It knows no framework: whoever mounts it gives it a place that holds `player.html`.

import { arranged, roomFor, shownPanels } from "./arrange.js";
import { Asking } from "./asking.js";
import { Chart } from "./chart.js";
import { Guessing } from "./guessing.js";
import { Keys } from "./keys.js";
import { sketch } from "./sketch.js";
import { save } from "./saving.js";

const SETTLE_AFTER = 350;
const NARROW = 480;
// How high a chart can be that fits its window, in pixels, and as a share of its width.
const LOWEST = 210;
const FLATTEST = 130;
const HIGHEST = 560;
const TALLEST = 0.62;
const PHONE_SHARE = 0.55;
// A window so low, as an enlarged one is, is scrolled anyhow: there the chart is high enough to read.
const LOW = 540;
const READ_AT = 300;
const BELOW = 10;
// Sizes that differ by so few pixels need no other picture.
const SAME = 1;
// For those who prefer less motion: a run in at most this many steps, one a second.
const CALM_STEPS = 20;
const CALM_PERIOD = 1000;
const LARGEST = 2;
const UNSEEN = 300;

export class Player {
  // `load` gives Plotly; `rests` is told where the hand comes to rest, `guesses` what was guessed,
  // `chooses` which panels are shown besides those that lead.
  constructor(root, { load, rests = () => {}, guesses = () => {}, chooses = () => {} }) {
    Object.assign(this, { root, load, rests, guesses, chooses });
    root.thePlayer = this; // for whoever finds it in a page
    this.hand = null;
    this.chosen = [];
    this.guessing = new Guessing(root, (values) => this.asking.follow(values));
    this.asking = new Asking(root, {
      lock: () => this.guesses(this.guessing.values.join("_")),
      skip: () => this.guesses("skip"),
      again: () => this.guesses("ask"),
      typed: (number, value) => this.guessing.put(number, value),
    });
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
    this.words();
    if (this.hand) this.appear();
  }

  // Takes what changes without the picture: where the hand is sent, and the reader's guess.
  steer(hand) {
    const before = this.hand;
    const sent = !before || hand.seek !== before.seek;
    this.hand = hand;
    if (sent) this.wish = hand.tick;
    this.take(hand.panels || "");
    if (!this.picture) return;
    const other = before && ["guess", "ask", "panels"].some((name) => differ(hand[name], before[name]));
    if (!before) this.appear();
    else if (other) this.redraw();
    else if (sent) this.go(this.wish);
    this.begin();
  }

  // Draws for the first time, or another picture.
  appear() {
    this.tick = this.shown();
    this.label();
    this.arrange();
    // Plotly takes a while to come; until then its lines and marks alone.
    if (!this.chart) this.sketch();
    this.redraw();
  }

  leave() {
    this.left = true;
    this.halt();
    clearTimeout(this.settling);
    clearTimeout(this.telling);
    this.size.disconnect();
    window.removeEventListener("resize", this.resizing);
    this.keys.leave();
    if (this.chart) this.chart.leave();
  }

  // ------------------------------------------------------------------ drawing

  sketch() {
    const { picture, tick, hand, panels, height } = this;
    const width = Math.max(this.part("chart").clientWidth, 60);
    try {
      sketch(this.part("sketch"), arranged(picture, { tick, guess: hand.guess, shown: panels, width, height }));
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
        this.arrange();
        this.sized = this.measured();
        const [enlargement, height] = this.room();
        await this.chart.draw(picture, this.shown(), { guess: this.hand.guess, shown: this.panels, enlargement, height });
        this.root.dataset.picture = picture.stamp;
        this.ask();
      }
      if (this.left) return;
      this.drawing = false;
      if (this.root.dataset.state !== "playing") this.root.dataset.state = "still";
      this.go(this.wish);
      this.begin();
      this.resized(); // what was drawn may have made, or taken, room
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

  // ------------------------------------------------------------------ panels, question

  // Says which panels are shown, how high they are, and what is asked.
  arrange() {
    const { picture } = this;
    const asking = Boolean(this.hand.ask && this.hand.ask.state === "asking");
    // What is asked is shown until another panel is turned to.
    this.turned = asking && this.turned;
    picture.asking = asking && Boolean(picture.guess);
    picture.guessed = Array.isArray(this.hand.guess);
    const skipped = this.asking.show(this.hand.ask || null, picture.guess);
    if (skipped) this.part("play").focus();
    this.usual = this.isFull() ? this.usual : this.root.clientWidth;
    this.panels = shownPanels(picture, picture.asking && !this.turned ? [] : this.chosen, this.part("chart").clientWidth);
    this.offer();
    this.height = this.fitting();
    this.part("chart").style.minHeight = `${this.height || picture.layout.height}px`;
  }

  // Offers the panels that can be shown besides; on a phone all of them, one of which is shown.
  offer() {
    const { panels, words } = this.picture;
    const place = this.part("panels");
    const alone = roomFor(this.part("chart").clientWidth) === 1;
    const offered = [...panels.keys()].filter((number) => alone || !panels[number].leads);
    place.hidden = panels.length < 2 || !offered.length;
    place.setAttribute("aria-label", alone ? words.panels : words.also);
    const kind = JSON.stringify([alone, offered.map((number) => panels[number].name)]);
    if (this.offered !== kind) {
      this.offered = kind;
      const buttons = offered.map((number) => this.choice(number, panels[number].name, alone));
      place.replaceChildren(...(alone ? [] : [words.also]), ...buttons);
    }
    for (const button of place.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(this.panels.includes(Number(button.value))));
    }
  }

  choice(number, name, alone) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", value: String(number), textContent: name });
    button.onclick = () => {
      const others = this.chosen.filter((one) => one !== number);
      if (alone) this.chosen = [number];
      else this.chosen = this.panels.includes(number) ? others : [...others, number];
      this.reported = [...(this.reported || []), this.spelled()];
      this.turned = true;
      this.chooses(this.spelled());
      this.redraw();
    };
    return button;
  }

  spelled() {
    return this.chosen.map((number) => number + 1).join("-");
  }

  // Takes the panels that a link says, unless that is only what was told from here.
  take(panels) {
    const told = this.reported || [];
    const heard = told.indexOf(panels);
    this.reported = heard < 0 ? told : told.slice(heard + 1);
    if (heard >= 0 || this.reported.length || panels === this.spelled()) return;
    this.chosen = panels.split("-").filter(Boolean).map((number) => Number(number) - 1);
  }

  // Puts the points of the guess where they belong, once the panels are there.
  ask() {
    const { picture, chart } = this;
    const spec = picture.asking ? picture.guess : null;
    this.guessing.ask(chart.place, spec, `${picture.name} ${JSON.stringify(spec && [spec.at, spec.low, spec.high])}`);
    if (spec) this.asking.follow(this.guessing.values);
  }

  // How high the chart is so that it fits its window with its clock; null for its own height.
  fitting() {
    const { root, hand } = this;
    // A grid of small panels has a height of its own, below which nothing could be read.
    if (!hand.fits || this.isFull() || !this.picture.panels.length) return null;
    const chart = this.part("chart");
    const others = this.others();
    const wide = chart.clientWidth;
    if (wide < NARROW && hand.embedded) return this.filling();
    if (window.innerHeight < LOW && !hand.embedded) return READ_AT;
    if (wide < NARROW) {
      return Math.round(bounded(PHONE_SHARE * window.innerHeight - others, LOWEST, 320));
    }
    const free = window.innerHeight - topOf(root) - others - BELOW;
    return Math.round(bounded(free, LOWEST, Math.min(HIGHEST, Math.max(TALLEST * wide, LOWEST))));
  }

  // How high all is that stands above and below the chart.
  others() {
    const parts = [...this.root.children].filter((part) => part !== this.part("drawing"));
    return parts.reduce((sum, part) => sum + part.offsetHeight, 0);
  }

  // How high the chart is so that the whole page, with what stands below it, fills its frame.
  filling() {
    const [frame, content] = frameOfPage(this.root);
    const rest = content.offsetHeight - this.part("drawing").offsetHeight;
    return Math.round(bounded(frame.clientHeight - rest, FLATTEST, 320));
  }

  // How much larger everything is, and how high the chart, on a full screen.
  room() {
    if (!this.isFull()) return [1, this.height];
    const { height } = this.picture.layout;
    const free = this.root.clientHeight - this.others() - 24;
    const wide = this.root.clientWidth / Math.max(this.usual || 1, 1);
    return [Math.max(1, Math.min(LARGEST, free / height, wide * 1.05)), Math.max(free, height)];
  }

  // ------------------------------------------------------------------ words

  words() {
    const { words, clock, alt, frames, panels, saves } = this.picture;
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
    for (const name of ["slow", "normal", "fast"]) this.part(name).textContent = words[name];
    this.part("play").textContent = this.timer ? words.pause : words.play;
    this.root.classList.toggle("tall", !panels.length);
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
    filled(this.part("caption"), captions[this.tick] || "");
    if (!this.timer) hand.setAttribute("aria-valuetext", now);
    this.tell(now);
  }

  // Says it to the ear, once for each rest: not at every tick that is passed on the way.
  tell(now) {
    clearTimeout(this.telling);
    if (this.timer || this.last < 1) return;
    this.telling = setTimeout(() => {
      const place = this.part("told");
      const said = `${now}. ${this.part("caption").textContent}`;
      if (!this.timer && place.textContent !== said) place.textContent = said;
    }, SETTLE_AFTER);
  }

  // ------------------------------------------------------------------ the clock

  begin() {
    const { autoplay } = this.hand;
    if (!autoplay || this.begun === autoplay || this.drawing || !this.chart) return;
    this.begun = autoplay;
    // Who prefers less motion sees how it ends.
    if (calm()) this.to(this.last);
    else this.play();
  }

  play() {
    if (this.last < 1) return;
    if (this.tick >= this.last) this.go(0);
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
      const at = Number(event.target.value); // read first: what halts puts the hand where it was
      this.halt();
      this.go(at);
    });
    this.part("hand").onchange = ready(() => this.settle());
    for (const format of ["png", "svg"]) this.part(format).onclick = ready(() => this.save(format));
    this.part("full").onclick = ready(() => this.full());
    this.keys = new Keys(this);
    this.root.onfullscreenchange = ready(() => this.resized());
    this.resizing = ready(() => this.resized());
    window.addEventListener("resize", this.resizing);
    this.size = new ResizeObserver(() => this.resizing());
    this.size.observe(this.root.parentElement);
    this.size.observe(frameOfPage(this.root)[1]);
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

  // Draws anew where there is another room for it.
  resized() {
    if (this.fitted) return;
    this.fitted = requestAnimationFrame(() => {
      this.fitted = null;
      if (this.left || !this.ready || !this.sized) return;
      const now = this.measured();
      if (now.some((size, i) => Math.abs(size - this.sized[i]) > SAME)) this.redraw();
    });
  }

  // How wide and high the chart has room to be, and whether it has the screen.
  measured() {
    return [this.part("chart").clientWidth, this.fitting() || 0, this.isFull() ? 2 * SAME : 0];
  }

  async save(format) {
    if (!this.chart) return;
    const { picture, hand, tick } = this;
    const name = picture.filename.replace("{tick}", String(tick));
    const here = this.part("chart").clientWidth;
    // Wide enough for the wider type that a file may be shown in.
    const width = Math.max(here < NARROW ? 480 : 1200, here);
    const bottom = here < NARROW ? this.chart.bottom : 0;
    const what = { tick, guess: hand.guess, shown: this.panels, width, bottom, format, name };
    await save(await this.load(), picture, what);
  }
}

// A page that nobody looks at is not painted: it is drawn all the same.
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, UNSEEN);
  });
}

function bounded(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

function differ(one, other) {
  return JSON.stringify(one) !== JSON.stringify(other);
}

// How far down a page something begins, however far the page is scrolled.
function topOf(node) {
  let top = node.getBoundingClientRect().top;
  for (let at = node.parentElement; at; at = at.parentElement) {
    if (getComputedStyle(at).position === "sticky") return topOf(at.parentElement);
    top += at.scrollTop;
  }
  return top;
}

// What scrolls, and what is scrolled in it.
function frameOfPage(node) {
  let at = node;
  while (at.parentElement && !/auto|scroll/.test(getComputedStyle(at.parentElement).overflowY)) at = at.parentElement;
  return [at.parentElement || document.documentElement, at];
}

function calm() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// Captions mark the numbers that matter with **two stars**; everything else is plain text.
function filled(place, caption) {
  place.replaceChildren(
    ...caption.split("**").map((piece, index) => {
      if (index % 2 === 0) return document.createTextNode(piece);
      const strong = document.createElement("strong");
      strong.textContent = piece;
      return strong;
    })
  );
}
