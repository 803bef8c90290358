// The question above the picture: fields for the guess, a button that locks it, one that skips it.

import { meantBy, shownAs } from "./guessing.js";

// Who pressed what goes away is led to what is said in its place.
function stand(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

export class Asking {
  // `acts` has `lock`, `skip`, `again` and `typed`, which gets a point's number and its value.
  constructor(root, acts) {
    this.bar = root.querySelector(".ask");
    this.acts = acts;
    this.part("lock").onclick = () => (this.ask.state === "asking" ? acts.lock() : acts.again());
    this.part("skip").onclick = () => {
      acts.skip();
      // What was pressed goes away with the question.
      this.leaving = true;
    };
  }

  part(name) {
    return this.bar.querySelector("." + name);
  }

  // Shows the question, or what is said of the guess that was made; nothing where nothing is asked.
  show(ask, spec) {
    const left = this.leaving && !(ask && ask.state === "asking");
    const held = this.part("lock").matches(":focus");
    this.ask = ask;
    this.bar.hidden = !ask;
    if (ask) {
      const asking = ask.state === "asking";
      filled(this.part("question"), ask.text);
      this.part("lock").textContent = asking ? ask.words.lock : ask.words.again;
      this.part("lock").classList.toggle("chief", asking);
      this.part("skip").textContent = ask.words.skip;
      this.part("fields").hidden = !asking;
      // Where there is no word for it, it is not offered.
      this.part("skip").hidden = !asking || !ask.words.skip;
      this.part("lock").hidden = !this.part("lock").textContent;
      if (held && this.part("lock").hidden) stand(this.part("question"));
      if (asking && spec) this.fields(spec);
    }
    if (left) this.leaving = false;
    return left;
  }

  fields(spec) {
    const place = this.part("fields");
    const kind = JSON.stringify(spec.labels);
    if (this.kind !== kind) {
      this.kind = kind;
      place.replaceChildren(...spec.labels.map((label, number) => this.field(spec, label, number)));
    }
    this.spec = spec;
  }

  field(spec, label, number) {
    const place = document.createElement("label");
    const input = document.createElement("input");
    const short = spec.names[number] || "";
    Object.assign(input, { type: "number", step: "any", inputMode: "decimal", ariaLabel: label });
    input.onchange = () => input.value !== "" && this.acts.typed(number, meantBy(this.spec, Number(input.value)));
    input.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key !== "Enter") return;
      input.onchange();
      this.acts.lock();
      this.part("lock").focus();
    };
    place.append(short, input, spec.unit || "");
    return place;
  }

  // Writes where the points are into the fields.
  follow(values) {
    if (!this.spec) return;
    this.part("fields").querySelectorAll("input").forEach((input, number) => {
      input.value = String(shownAs(this.spec, values[number]));
    });
  }
}
