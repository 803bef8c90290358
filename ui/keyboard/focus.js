// The focus stays on what was pressed although Streamlit draws it anew, and follows what opens.

const FOCUSABLE = 'button, input, select, textarea, a[href], [role="slider"], [tabindex="0"]';
const OPENED = '[data-testid="stPopoverBody"]';

// How long a slider is pointed at, in milliseconds: until it is drawn.
const POINTED = 200;

let last = null;
let opener = null;

// A place is found again by the nearest key that the app gave it, and by its number there.
function placeOf(node) {
  const home = node.closest('[class*="st-key-"]');
  const key = home && [...home.classList].find((name) => name.startsWith("st-key-"));
  return { node, key, number: key ? [...home.querySelectorAll(FOCUSABLE)].indexOf(node) : -1 };
}

function found({ node, key, number }) {
  if (node.isConnected) return node;
  const home = key && document.querySelector(`.${CSS.escape(key)}`);
  return home ? home.querySelectorAll(FOCUSABLE)[number] : null;
}

function isLost() {
  return !document.activeElement || document.activeElement === document.body;
}

// What was opened by a button takes the focus; when it closes, the button has it again.
function followOpened() {
  const opened = [...document.querySelectorAll(OPENED)].find((body) => body.getClientRects().length);
  if (opened && !opener && last && last.node.closest('[data-testid="stPopover"]')) {
    opener = last;
    const first = opened.querySelector(FOCUSABLE);
    if (first) first.focus();
  } else if (!opened && opener) {
    const back = found(opener);
    if (back && (isLost() || !document.activeElement.isConnected)) back.focus({ preventScroll: true });
    opener = null;
  }
}

function keep() {
  followOpened();
  if (!isLost() || !last || last.node.isConnected) return;
  const again = found(last);
  if (again) again.focus({ preventScroll: true });
}

function skipLink() {
  const link = document.createElement("a");
  Object.assign(link, { href: "#", id: "skip-to-picture" });
  link.onclick = (event) => {
    event.preventDefault();
    const player = document.querySelector(".player");
    if (player) player.focus();
  };
  document.body.prepend(link);
}

// Streamlit writes the numbers of sliders and tables as the first of the browser's languages does:
// here that of the page comes first, as in a browser that is set to it.
function writeNumbersAs(language) {
  const own = browsersOwn();
  const speaks = own[0] && own[0].split("-")[0] === language.split("-")[0];
  const asked = speaks ? own : [language, ...own];
  if (asked[0] === navigator.languages[0]) return;
  Object.defineProperty(navigator, "languages", { configurable: true, get: () => asked });
  // A slider that is there already writes its number anew when something points at it.
  const point = (kind) => {
    for (const slider of document.querySelectorAll(".stSlider")) slider.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
  };
  point("mouseover");
  setTimeout(point, POINTED, "mouseout");
}

// Nobody else changes what the browser itself says.
function browsersOwn() {
  return Object.getOwnPropertyDescriptor(Navigator.prototype, "languages").get.call(navigator);
}

if (!globalThis.modelCollapseKeyboard) {
  globalThis.modelCollapseKeyboard = true;
  document.addEventListener("focusin", (event) => (last = placeOf(event.target)));
  // Who presses on nothing wants to have nothing.
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(FOCUSABLE)) last = null;
  });
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      keep();
    });
  }).observe(document.body, { childList: true, subtree: true });
  skipLink();
}

// The words of the page's language, and its code: a screen reader pronounces by it.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  writeNumbersAs(data.language);
  document.getElementById("skip-to-picture").textContent = data.skip;
}
