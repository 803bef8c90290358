// A page of the site: what is chosen, and the picture that belongs to it.
// Pictures come as scripts, which a page that was opened from a file may load, unlike data.
(() => {
  const page = JSON.parse(document.getElementById("page").textContent);
  const { words } = page;
  const taken = new Map();
  const first = (name) => document.querySelector(name);
  const player = new modelCollapse.Player(first(".player"), { load: plotly });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  // The colours of a light picture, and what they are on a dark ground.
  const COLOURS = __COLOURS__;
  let wanted = page.first;
  let started = false;

  modelCollapse.take = (key, number, told, packed) => taken.set(number, { told, packed });

  // What draws comes last: the sketch of the player stands until then.
  async function plotly() {
    for (let waited = 0; !window.Plotly; waited += 50) {
      if (waited > 60000) throw new Error("plotly.js did not come");
      await new Promise((done) => setTimeout(done, 50));
    }
    return window.Plotly;
  }

  async function unpacked(packed) {
    const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return modelCollapse.unpack(new Uint8Array(await new Response(stream).arrayBuffer()));
  }

  function recoloured(part) {
    if (typeof part === "string") {
      if (part.length > 200) return part;
      return part.replace(/#[0-9a-f]{6}\b|rgba?\(\d+, ?\d+, ?\d+/gi, (colour) => {
        const plain = colour.toLowerCase().replaceAll(" ", "");
        return COLOURS[plain] || colour;
      });
    }
    if (part === null || typeof part !== "object" || ArrayBuffer.isView(part)) return part;
    if (Array.isArray(part)) return part.map(recoloured);
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, recoloured(value)]));
  }

  function loaded(number) {
    if (taken.has(number)) return Promise.resolve();
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = `data/${page.key}/${number}.js`;
      script.onload = done;
      script.onerror = () => fail(new Error(script.src));
      document.head.append(script);
    });
  }

  function tell(text) {
    const place = first(".trouble-told");
    place.textContent = text;
    place.hidden = !text;
  }

  async function show(number) {
    wanted = number;
    mark(number);
    if (page.missing.includes(number)) return tell(words.uncomputed);
    const late = setTimeout(() => tell(words.loading), 400);
    try {
      await loaded(number);
      const { told, packed } = taken.get(number);
      const picture = await unpacked(packed);
      if (wanted !== number) return;
      draw(picture, told);
      tell("");
    } catch (trouble) {
      if (wanted === number) tell(words.failed);
    } finally {
      clearTimeout(late);
    }
  }

  function draw(picture, told) {
    const shown = dark.matches ? { ...recoloured(picture), stamp: `${picture.stamp}d` } : picture;
    if (!started) player.steer({ seek: 0, tick: told.tick, guess: null, panels: "", fits: innerWidth > 640, anywhere: true });
    started = true;
    player.show(shown);
    first(".about").textContent = `${words.shown} ${told.about}`;
    first(".notes").replaceChildren(...told.notes.map((note) => {
      const line = document.createElement("p");
      line.className = "note";
      line.textContent = note.replaceAll("**", "");
      return line;
    }));
    const open = first(".table details")?.open;
    first(".table").innerHTML = told.table;
    if (open) first(".table details").open = true;
    if (told.link && first("a.app")) first("a.app").href = told.link;
  }

  // ------------------------------------------------------------------ what is chosen

  const groups = [...document.querySelectorAll(".choices fieldset")];
  const presets = [...document.querySelectorAll(".presets button")];
  const comments = [...document.querySelectorAll(".comments p")];

  // Marks the values and the preset of a picture; a preset beyond the grid has no values here.
  function mark(number, pressed = page.presets.indexOf(number)) {
    let cell = page.cells.indexOf(number);
    for (let place = groups.length - 1; place >= 0; place -= 1) {
      const size = page.sizes[place];
      const chosen = cell < 0 ? -1 : cell % size;
      groups[place].querySelectorAll("input").forEach((input, i) => (input.checked = i === chosen));
      cell = cell < 0 ? -1 : Math.floor(cell / size);
    }
    presets.forEach((button, i) => button.setAttribute("aria-pressed", String(i === pressed)));
    comments.forEach((comment, i) => (comment.hidden = i !== pressed));
  }

  function chosen(pressed) {
    // Of a setting without a value, as beyond the grid, that of the first picture is taken.
    const start = page.cells.indexOf(page.first);
    let rest = start < 0 ? 0 : start;
    const usual = page.sizes.map(() => 0);
    for (let i = page.sizes.length - 1; i >= 0; i -= 1) {
      usual[i] = rest % page.sizes[i];
      rest = Math.floor(rest / page.sizes[i]);
    }
    const values = groups.map((group, i) => {
      const input = group.querySelector("input:checked");
      return input ? Number(input.value) : usual[i];
    });
    return page.cells[values.reduce((cell, value, i) => cell * page.sizes[i] + value, 0)];
  }

  function go(number) {
    history.replaceState(null, "", `#${number}`);
    show(number);
  }

  first(".choices").addEventListener("change", () => go(chosen()));
  first(".choices").addEventListener("submit", (event) => event.preventDefault());
  presets.forEach((button, i) => (button.onclick = () => go(page.presets[i])));
  dark.addEventListener("change", () => show(wanted));
  const asked = Number(location.hash.slice(1));
  const known = location.hash && [page.first, ...page.cells, ...page.presets].includes(asked);
  show(known ? asked : page.first);
})();
