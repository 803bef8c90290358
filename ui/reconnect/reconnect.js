// Asks for one run of the page when its server is back, or another one in its place.

const CONNECTED = "CONNECTED";
const shared = (globalThis.modelCollapseReconnect ??= { turn: 0, lost: false });

function asking() {
  const players = [...document.querySelectorAll(".player")].map((root) => root.thePlayer);
  return players.some((player) => player && player.hand && player.hand.ask && player.hand.ask.state === "asking");
}

// What is sent has a number, so that it is another one each time.
function follow(app) {
  const connected = app.dataset.testConnectionState === CONNECTED;
  if (connected && shared.lost && shared.tell) shared.tell(`${asking() ? "asking" : "told"} ${++shared.turn}`);
  shared.lost = !connected;
}

export default function ({ setTriggerValue }) {
  shared.tell = (told) => setTriggerValue("back", told);
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || shared.app === app) return;
  shared.app = app;
  if (shared.watch) shared.watch.disconnect();
  shared.watch = new MutationObserver(() => follow(app));
  shared.watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}
