// One turn of a learner: be ready, look for some seconds, answer from memory, send once.
// The server sends the draws as a picture and says what is asked; it is told one value.

const SHOWN_TWICE = 10;     // how often a learner may ask for more time
const SEND_AGAIN = 6000;    // milliseconds until what was not received is sent again
const mounted = new WeakMap();

function remembered(kept) {
  try {
    return JSON.parse(sessionStorage.getItem(`telephone ${kept}`)) || {};
  } catch {
    return {};
  }
}

function remember(kept, state) {
  try {
    sessionStorage.setItem(`telephone ${kept}`, JSON.stringify(state));
  } catch {
    // A browser that keeps nothing: a reload begins the turn anew.
  }
}

function node(name, entries = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(entries)) {
    if (key.startsWith("on")) made[key] = value;
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// What was sent leaves the page: who reads by keyboard or by ear is led to what stands in its place.
function leadOn() {
  const place = document.querySelector(".st-key-class_phone");
  if (!place || (document.activeElement && document.activeElement !== document.body)) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

class Turn {
  constructor(home, data, tell) {
    Object.assign(this, { home, data, tell });
    this.state = { stage: "ready", values: {}, touched: {}, more: 0, tries: 0, ...remembered(data.kept) };
    this.draw();
  }

  // ------------------------------------------------------------------------------- stages

  go(stage) {
    this.state.stage = stage;
    remember(this.data.kept, this.state);
    this.draw();
    const head = this.home.querySelector("h2");
    if (head) head.focus({ preventScroll: true });
  }

  draw() {
    this.stop();
    const stage = this.data.judging && this.state.stage !== "sent" ? "judging" : this.state.stage;
    this.home.replaceChildren(...this[stage]());
    this.home.lang = this.data.language;
  }

  head(text) {
    return node("h2", { tabindex: "-1" }, text);
  }

  button(text, press, kind = "") {
    return node("button", { type: "button", class: kind, onclick: press }, text);
  }

  picture({ svg, told }) {
    const frame = node("div", { class: "picture" });
    frame.innerHTML = svg; // made by the server, its words escaped
    // Read out with the picture; seen only by those who ask, because numbers are easier to keep.
    const words = node("details", {}, node("summary", {}, this.data.words.in_words), node("p", {}, told));
    return node("figure", {}, frame, words);
  }

  ready() {
    const { words } = this.data;
    const begin = this.button(words.begin, () => this.go("look"), "main");
    const before = this.data.before && node("p", { role: "status" }, this.data.before);
    return [before || "", this.head(words.your_turn), node("p", {}, words.ready), begin];
  }

  look() {
    const { words, looked_at } = this.data;
    const bar = node("progress", { max: this.data.seconds, "aria-hidden": "true" });
    const left = node("p", { class: "left", role: "timer", "aria-live": "off" });
    const more = this.button(words.more_time, () => this.longer(), "quiet");
    more.disabled = this.state.more >= SHOWN_TWICE;
    this.clock(bar, left);
    return [
      this.head(words.look),
      this.picture(looked_at),
      node("div", { class: "time" }, bar, left),
      this.button(words.looked, () => this.go("answer"), "main"),
      more,
    ];
  }

  clock(bar, left) {
    this.state.began ??= Date.now();
    remember(this.data.kept, this.state);
    const tick = () => {
      const shown = this.data.seconds * (1 + this.state.more);
      // A clock that is set back meanwhile ends no look early and holds none for long.
      const gone = Math.max(0, (Date.now() - this.state.began) / 1000);
      const rest = Math.ceil(shown - gone);
      bar.max = shown;
      bar.value = Math.max(0, rest);
      left.textContent = this.data.words.left.replace("{n}", Math.max(0, rest));
      if (rest <= 0) this.go("answer");
    };
    queueMicrotask(tick);
    this.timer = setInterval(tick, 250);
  }

  longer() {
    this.state.more += 1;
    remember(this.data.kept, this.state);
    this.draw();
    this.home.querySelector("button.main").focus({ preventScroll: true });
  }

  answer() {
    const { words, asked } = this.data;
    this.answering = new Answering(asked, this.state, this.data, () => {
      remember(this.data.kept, this.state);
      this.may();
    });
    this.sender = this.button(words.send, () => this.send(), "main");
    this.missing = node("p", { role: "status", class: "missing" });
    this.may();
    return [this.head(asked.question), ...this.answering.nodes, this.missing, this.sender];
  }

  // What is missing is said; a button that is only grey would not tell.
  may() {
    const missing = this.answering.missing();
    this.sender.setAttribute("aria-disabled", String(Boolean(missing)));
    if (this.missing.textContent !== missing) this.missing.textContent = missing;
  }

  send() {
    if (this.answering.missing()) return;
    this.state.value = this.answering.values;
    this.go("sent");
  }

  judging() {
    const { words, judging } = this.data;
    const says = (value) => () => {
      this.state.value = value;
      this.go("sent");
    };
    return [
      this.head(words.judge),
      node("h3", {}, words.judge_shown),
      this.picture(judging.shown),
      node("h3", {}, words.judge_answered),
      this.picture(judging.answered),
      node(
        "div",
        { class: "pair" },
        this.button(words.refuse, says(false), "main other"),
        this.button(words.accept, says(true), "main"),
      ),
    ];
  }

  // Told once; told again only where nothing came back.
  sent() {
    const tell = () => {
      this.state.tries += 1;
      remember(this.data.kept, this.state);
      this.tell("answer", { turn: this.data.turn, value: this.state.value, sending: this.state.tries });
    };
    tell();
    const said = node("p", { role: "status" }, this.data.words.sending);
    this.timer = setInterval(() => {
      said.textContent = this.data.words.sending_again;
      tell();
    }, SEND_AGAIN);
    return [this.head(this.data.words.sent_off), said];
  }

  stop() {
    clearInterval(this.timer);
  }
}

function mount({ data, parentElement, setStateValue }) {
  const home = parentElement.querySelector(".turn");
  let turn = mounted.get(home);
  const stamp = JSON.stringify(data);
  if (!turn || turn.stamp !== stamp) {
    if (turn) turn.stop();
    turn = new Turn(home, data, setStateValue);
    turn.stamp = stamp;
    mounted.set(home, turn);
  }
  turn.tell = setStateValue;
  const visit = {};
  turn.visit = visit;
  return () => {
    if (turn.visit !== visit) return;
    turn.stop();
    mounted.delete(home);
    if (turn.state.stage === "sent") setTimeout(leadOn, 100);
  };
}

export default function (component) {
  const visit = { over: false };
  // Where newer data came while this was fetched, Streamlit may call with the older ones last, and
  // says at once that their visit is over: nothing is mounted before it could have said so.
  setTimeout(() => {
    if (!visit.over) visit.leave = mount(component);
  });
  return () => {
    visit.over = true;
    if (visit.leave) visit.leave();
  };
}
