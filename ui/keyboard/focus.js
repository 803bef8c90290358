// The focus stays on what was pressed although Streamlit draws it anew, and follows what opens.

const FOCUSABLE = 'button, input, select, textarea, a[href], [role="slider"], [tabindex="0"]';
const OPENED = '[data-testid="stPopoverBody"]';

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
  document.getElementById("skip-to-picture").textContent = data.skip;
}
