// The keys of a player, and the list of them. They act while the focus is in the player; where the
// picture has the screen, or a projector shows it, wherever nothing else has the focus.

const PAGE = 10;
// Here a key is typed, or chooses something.
const FIELD = 'input:not([type="range"]), textarea, select, [contenteditable="true"]';
const PRESSED = "button, summary, a[href]";
// What scrolls a page goes on to do so.
const SCROLLS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown"]);

export class Keys {
  constructor(player) {
    this.player = player;
    this.dialog = player.part("list");
    player.root.addEventListener("keydown", (event) => this.press(event));
    this.elsewhere = (event) => this.everywhere(event) && this.press(event);
    document.addEventListener("keydown", this.elsewhere);
    player.part("keys").onclick = () => this.list();
    player.part("close").onclick = () => this.dialog.close();
    // Beside the list is its backdrop, which belongs to it.
    this.dialog.onclick = (event) => event.target === this.dialog && this.dialog.close();
    this.dialog.onclose = () => player.part("keys").setAttribute("aria-expanded", "false");
  }

  leave() {
    document.removeEventListener("keydown", this.elsewhere);
  }

  // Whether a key that was pressed outside is meant for this player.
  everywhere(event) {
    const { player } = this;
    const full = player.isFull();
    if (!full && !(player.hand && player.hand.anywhere)) return false;
    if (event.defaultPrevented || (!full && SCROLLS.has(event.key))) return false;
    return event.target === document.body || event.target === document.documentElement;
  }

  press(event) {
    const { player } = this;
    if (!player.ready || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches(FIELD) || player.root.classList.contains("clockless")) return;
    if (event.target.matches(PRESSED) && (event.key === " " || event.key === "Enter")) return;
    const action = this.dialog.open ? { "?": () => this.list() }[event.key] : this.action(event.key);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  action(key) {
    const { player } = this;
    const step = (by) => () => player.to(player.tick + by);
    return {
      " ": () => player.toggle(),
      ArrowLeft: step(-1),
      ArrowDown: step(-1),
      ArrowRight: step(1),
      ArrowUp: step(1),
      PageDown: step(-PAGE),
      PageUp: step(PAGE),
      Home: () => player.to(0),
      End: () => player.to(player.last),
      f: () => player.full(),
      F: () => player.full(),
      "?": () => this.list(),
      Escape: player.root.classList.contains("full") ? () => player.full() : null,
    }[key];
  }

  // Opens the list, or closes it; the focus then is where it was.
  list() {
    const { dialog, player } = this;
    if (dialog.open) return dialog.close();
    if (!player.picture) return;
    const { words } = player.picture;
    player.part("keys_title").textContent = words.keys_title;
    player.part("close").textContent = words.close;
    dialog.setAttribute("aria-label", words.keys_title);
    player.part("keys_listed").replaceChildren(...words.keys_listed.flatMap(entry));
    player.part("keys").setAttribute("aria-expanded", "true");
    dialog.showModal();
  }
}

// One line of the list: the keys, and what they do.
function entry([keys, does]) {
  const [term, told] = [document.createElement("dt"), document.createElement("dd")];
  const marks = keys.split(" ").map((key) => Object.assign(document.createElement("kbd"), { textContent: key }));
  term.append(...marks.flatMap((mark, i) => (i ? [" ", mark] : [mark])));
  told.textContent = does;
  return [term, told];
}
