// A guess in the picture: a point, or the points of a curve, moved to where the answer will appear.

const NAMESPACE = "http://www.w3.org/2000/svg";
const LARGE = 10;
// Words stand in the uppermost part of the panel: no line runs through them.
const CLEAR = 0.26;

export class Guessing {
  // `changed` is called when a point was moved.
  constructor(root, changed) {
    this.layer = root.querySelector(".guess");
    this.changed = changed;
    this.values = null;
  }

  // Asks for a guess on a chart that is drawn, or stops asking where there is none to make.
  ask(chart, spec, name) {
    const panel = spec && chart._fullLayout && chart._fullLayout._plots[spec.x + spec.y];
    this.layer.hidden = !panel;
    if (!panel) return;
    if (this.name !== name || !this.values || this.values.length !== spec.at.length) {
      Object.assign(this, { name, values: [...spec.start] });
    }
    Object.assign(this, { spec, x: panel.xaxis, y: panel.yaxis });
    const { x, y } = this;
    const box = { left: chart.offsetLeft + x._offset, top: chart.offsetTop + y._offset, width: x._length, height: y._length };
    for (const [side, pixels] of Object.entries(box)) this.layer.style[side] = `${pixels}px`;
    this.build();
    this.draw();
  }

  // One slider for each point; they stay when the picture is drawn anew, and so does the focus.
  build() {
    const { spec, layer } = this;
    const kind = `${spec.at.length} ${spec.begins}`;
    if (this.kind === kind) return;
    this.kind = kind;
    this.line = document.createElementNS(NAMESPACE, "svg");
    this.path = this.line.appendChild(document.createElementNS(NAMESPACE, "path"));
    this.spots = spec.at.map((_, i) => this.spot(i));
    layer.replaceChildren(this.line, ...this.spots);
    layer.onpointerdown = (event) => {
      event.preventDefault();
      layer.setPointerCapture(event.pointerId);
      this.spots[this.drag(event)].focus({ preventScroll: true });
    };
    layer.onpointermove = (event) => layer.hasPointerCapture(event.pointerId) && this.drag(event);
  }

  spot(number) {
    const spot = document.createElement("div");
    Object.assign(spot, { className: "spot", tabIndex: 0 });
    spot.setAttribute("role", "slider");
    spot.setAttribute("aria-orientation", "vertical");
    spot.append(document.createElement("span"));
    spot.onkeydown = (event) => this.key(event, number);
    return spot;
  }

  key(event, number) {
    const { low, high } = this.spec;
    const to = {
      ArrowUp: () => this.stepped(number, 1),
      ArrowRight: () => this.stepped(number, 1),
      ArrowDown: () => this.stepped(number, -1),
      ArrowLeft: () => this.stepped(number, -1),
      PageUp: () => this.stepped(number, LARGE),
      PageDown: () => this.stepped(number, -LARGE),
      Home: () => low,
      End: () => high,
    }[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    this.put(number, to());
  }

  stepped(number, steps) {
    const { step, scale } = this.spec;
    return scale === "log" ? this.values[number] * 10 ** (step * steps) : this.values[number] + step * steps;
  }

  // Moves the point that is nearest to the pointer; returns its number.
  drag(event) {
    const box = this.layer.getBoundingClientRect();
    const [across, up] = [event.clientX - box.left, event.clientY - box.top];
    const away = this.spec.at.map((at, i) => {
      const aside = Math.abs(this.x.d2p(at) - across);
      return aside * 1000 + Math.abs(this.y.d2p(this.values[i]) - up);
    });
    const number = away.indexOf(Math.min(...away));
    this.put(number, this.y.p2d(Math.max(0, Math.min(this.y._length, up))));
    return number;
  }

  put(number, value) {
    const { low, high, step, scale } = this.spec;
    const whole = scale === "log" ? value : Math.round(value / step) * step;
    this.values[number] = Number(Math.max(low, Math.min(high, whole)).toPrecision(6));
    this.draw();
    this.changed(this.values);
  }

  draw() {
    const { spec, spots, values, x, y } = this;
    const ends = spec.begins ? [spec.begins] : [];
    const points = [...ends, ...spec.at.map((at, i) => [at, values[i]])].map(([at, value]) => [x.d2p(at), y.d2p(value)]);
    const down = spec.at.map((at) => `M${x.d2p(at)},${CLEAR * y._length}V${y._length}`).join("");
    this.path.setAttribute("d", spec.begins ? `M${points.map((point) => point.join()).join("L")}` : down);
    this.path.classList.toggle("curve", Boolean(spec.begins));
    spots.forEach((spot, i) => {
      const [left, top] = [x.d2p(spec.at[i]), y.d2p(values[i])];
      Object.assign(spot.style, { left: `${left}px`, top: `${top}px` });
      // Of two points side by side the first has its value on the left.
      const first = !spec.begins && spots.length > 1 && i === 0;
      spot.classList.toggle("flipped", first || left > x._length - 70);
      const said = `${spec.names[i] ? `${spec.names[i]} ` : ""}${told(spec, values[i])}`;
      spot.firstChild.textContent = spec.at.length > 2 ? told(spec, values[i]) : said;
      const { low, high } = spec;
      const entries = { label: spec.labels[i], valuemin: low, valuemax: high, valuenow: values[i], valuetext: told(spec, values[i]) };
      for (const [name, value] of Object.entries(entries)) spot.setAttribute(`aria-${name}`, String(value));
    });
  }

  leave() {
    this.layer.hidden = true;
  }
}

// A value as it is shown in a field, and back.
export function shownAs({ scale, factor = 1, digits = 0 }, value) {
  const seen = scale === "ln" ? Math.exp(value) : value * factor;
  return scale ? Number(seen.toPrecision(2)) : Number(seen.toFixed(digits));
}

export function meantBy({ scale, factor = 1 }, seen) {
  return scale === "ln" ? Math.log(Math.max(seen, 1e-30)) : seen / factor;
}

export function told(spec, value) {
  return `${shownAs(spec, value)}${spec.unit || ""}`;
}
