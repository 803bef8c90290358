// Keeps the seat of a class in the browser for a day: `seat` is null where one is looked for.

const BEGINS = "model-collapse-class-";
const DAY = 24 * 60 * 60 * 1000;

// A browser may keep nothing, or refuse to.
function kept(action) {
  try {
    return action(window.localStorage);
  } catch {
    return null;
  }
}

function read(store, name) {
  try {
    const { seat, since } = JSON.parse(store.getItem(name));
    // A clock that was set back makes none older than it can be.
    return Math.abs(Date.now() - since) < DAY ? String(seat) : "";
  } catch {
    return "";
  }
}

function tidy(store) {
  for (const name of Object.keys(store)) {
    if (name.startsWith(BEGINS) && !read(store, name)) store.removeItem(name);
  }
}

export default function ({ data, setStateValue }) {
  const name = BEGINS + data.class;
  kept(tidy);
  if (data.seat) kept((store) => store.setItem(name, JSON.stringify({ seat: data.seat, since: Date.now() })));
  else if (data.seat === "") kept((store) => store.removeItem(name));
  else {
    const found = kept((store) => read(store, name));
    if (found) setStateValue("seat", `${data.class} ${found}`);
  }
}
