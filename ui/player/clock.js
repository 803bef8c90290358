// The clock of a figure: play, pause, step and scrub, without a round trip to the server.
//
// Plotly's functions are not reachable from outside the chart, but a menu button of the figure can
// call any of them. The figure carries one hidden button; the clock tells it what to call.

const clocks = new WeakMap();
const AT_ONCE = { mode: "immediate", transition: { duration: 0 } };
const GIVE_UP_AFTER = 15000;
const SETTLE_AFTER = 350;
const NARROW = 640;

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  let clock = clocks.get(parentElement);
  if (!clock) {
    clock = new Clock(parentElement);
    clocks.set(parentElement, clock);
  }
  clock.update(data, setStateValue);
  return () => {
    clock.stop();
    clocks.delete(parentElement);
  };
}

class Clock {
  constructor(root) {
    this.root = root;
    this.tick = null;
    this.seek = null;
    this.timer = null;
    this.bind();
  }

  part(name) {
    return this.root.querySelector("." + name);
  }

  bind() {
    this.part("play").onclick = () => (this.timer ? this.pause() : this.play());
    this.part("back").onclick = () => this.move(-1);
    this.part("step").onclick = () => this.move(1);
    this.part("hand").oninput = (event) => {
      this.halt();
      this.show(Number(event.target.value));
    };
    this.part("hand").onchange = () => this.settle();
    this.part("png").onclick = () => this.download("png");
    this.part("svg").onclick = () => this.download("svg");
  }

  update(data, setStateValue) {
    this.data = data;
    this.setStateValue = setStateValue;
    this.last = data.frames.length - 1;
    const hand = this.part("hand");
    hand.max = String(this.last);
    hand.setAttribute("aria-label", data.name);
    this.part("play").textContent = this.timer ? data.words.pause : data.words.play;
    this.part("back").title = this.part("back").ariaLabel = data.words.back;
    this.part("step").title = this.part("step").ariaLabel = data.words.step;
    this.part("speed").ariaLabel = data.words.speed;
    for (const name of ["slow", "normal", "fast"]) this.part(name).textContent = data.words[name];
    for (const name of ["png", "svg"]) this.part(name).title = data.words[name];
    this.part("clock").classList.toggle("pictures", data.pictures);
    if (this.tick === null || this.seek !== data.seek) this.tick = data.start;
    this.seek = data.seek;
    this.tick = Math.min(this.tick, this.last);
    this.label();
    this.measure();
    const fresh = this.stamp !== data.stamp;
    this.stamp = data.stamp;
    // A new picture comes drawn at one tick; it needs drawing again only if the hand is elsewhere.
    this.whenDrawn(() => (fresh && this.tick === data.drawn ? null : this.draw()));
    if (data.autoplay && !this.played) {
      this.played = true;
      if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) this.play();
    }
  }

  figure() {
    return document.querySelector(".st-key-" + this.data.figure + " .js-plotly-plot");
  }

  // Runs the action once the chart that belongs to this data is on the screen.
  whenDrawn(action) {
    const stamp = this.data.stamp;
    const until = performance.now() + GIVE_UP_AFTER;
    const look = () => {
      if (this.data.stamp !== stamp) return;
      const figure = this.figure();
      const drawn = figure && figure.layout && figure.layout.meta && figure.layout.meta.stamp === stamp;
      if (drawn && figure.querySelector(".updatemenu-button")) action();
      else if (performance.now() < until) setTimeout(look, 30);
    };
    look();
  }

  call(method, ...values) {
    const figure = this.figure();
    const button = figure && figure.querySelector(".updatemenu-button");
    if (!button || !button.__data__) return;
    Object.assign(button.__data__, { method, args: values, execute: true });
    button.dispatchEvent(new MouseEvent("click"));
  }

  draw() {
    const { layout, ...moved } = this.data.frames[this.tick];
    const frame = { duration: 0, redraw: this.data.redraw };
    this.call("animate", [moved], { ...AT_ONCE, frame });
    // Plotly would draw everything anew for a change of the layout within a frame.
    if (layout) this.call("relayout", layout);
  }

  show(tick) {
    this.tick = Math.max(0, Math.min(this.last, tick));
    this.label();
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = null;
      this.draw();
    });
  }

  label() {
    const hand = this.part("hand");
    hand.value = String(this.tick);
    const now = this.data.name + " " + this.data.frames[this.tick].name;
    hand.setAttribute("aria-valuetext", now);
    this.part("now").textContent = now;
    fill(this.part("caption"), this.data.captions[this.tick] || "");
  }

  play() {
    if (this.tick >= this.last) this.tick = 0;
    this.part("caption").setAttribute("aria-live", "off");
    this.part("play").textContent = this.data.words.pause;
    const period = 1000 / Number(this.part("speed").value);
    let next = performance.now();
    const turn = (now) => {
      if (!this.timer) return;
      if (now >= next) {
        next = Math.max(next + period, now - period);
        this.show(this.tick + 1);
        if (this.tick >= this.last) return this.pause();
      }
      this.timer = requestAnimationFrame(turn);
    };
    this.timer = requestAnimationFrame(turn);
  }

  halt() {
    if (this.timer) cancelAnimationFrame(this.timer);
    this.timer = null;
    this.part("play").textContent = this.data.words.play;
    this.part("caption").setAttribute("aria-live", "polite");
  }

  pause() {
    this.halt();
    this.settle();
  }

  stop() {
    if (this.timer) cancelAnimationFrame(this.timer);
    this.timer = null;
    clearTimeout(this.settling);
  }

  move(by) {
    this.halt();
    this.show(this.tick + by);
    this.settle();
  }

  // Tells the server which tick is shown, once the hand rests, so that the link can hold it.
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.setStateValue("tick", this.tick), SETTLE_AFTER);
  }

  measure() {
    const host = this.root.host || this.root;
    if (!host.clientWidth) return;
    const narrow = host.clientWidth < NARROW;
    if (narrow !== this.data.narrow) this.setStateValue("narrow", narrow);
  }

  download(format) {
    const filename = this.data.filename;
    this.call("downloadImage", { format, filename, scale: format === "png" ? 2 : 1 });
  }
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
