// Saves a draft as it is typed, one field at a time. What the server does not have yet is kept in this browser, so
// that a broken connection, a closed tab or an expired session loses nothing. Without this file, "Continue" saves.
const KEPT = "turnstone-draft:";
const PAUSE_MS = 800;
const RETRY_MS = 5000;
const SAVE_MS = 15000;
const KEEP_DAYS = 14;

const keptKey = (draft, name) => `${KEPT}${draft}:${name}`;
const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};
const keep = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The browser keeps nothing (private window, or full): the server's copy is then the only one.
  }
};
const forget = (prefix) => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
};

// Words of somebody's story do not lie about in a browser for ever.
const dropOld = () => {
  const oldest = Date.now() - KEEP_DAYS * 24 * 3600 * 1000;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(KEPT) && !((read(key)?.at ?? 0) > oldest)) localStorage.removeItem(key);
  }
};

class Answer {
  constructor(form, element) {
    this.form = form;
    this.element = element;
    this.name = element.dataset.answer;
    this.key = keptKey(form.draft, this.name);
    this.timer = this.sending = null;
    this.controls = [...element.querySelectorAll("input, select, textarea")].filter((one) => one.name === this.name);
    element.addEventListener("input", () => this.changed());
    element.addEventListener("change", () => this.changed(0));
  }
  get version() {
    return Number(this.element.querySelector("[data-version]").value);
  }
  set version(number) {
    this.element.querySelector("[data-version]").value = number;
  }
  get written() {
    return this.controls
      .filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked)
      .map((one) => one.value);
  }
  set written(values) {
    for (const one of this.controls) {
      if (["checkbox", "radio"].includes(one.type)) one.checked = values.includes(one.value);
      else one.value = values[0] ?? "";
    }
  }
  get isUnsaved() {
    return localStorage.getItem(this.key) !== null;
  }
  restore() {
    const kept = read(this.key);
    if (!kept) return;
    if (JSON.stringify(kept.written) === JSON.stringify(this.written)) return localStorage.removeItem(this.key);
    if (kept.base === this.version) {
      this.written = kept.written;
      this.form.say("Words that had not been saved were brought back.");
      this.save();
    } else this.offer(kept.written, "This browser had kept other words of yours for this field:");
  }
  changed(pause = PAUSE_MS) {
    keep(this.key, { written: this.written, base: this.version, at: Date.now() });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }
  async save() {
    clearTimeout(this.timer);
    if (this.form.isLeaving) return;
    if (this.sending) return (this.again = true);
    this.sending = this.send();
    await this.sending;
    this.sending = null;
    if (this.again) {
      this.again = false;
      this.save();
    }
  }
  async send() {
    const written = this.written;
    const answer = await this.form.post(this.name, written, this.version);
    if (!answer) {
      this.timer = setTimeout(() => this.save(), RETRY_MS);
      return;
    }
    this.version = answer.version;
    const isStill = JSON.stringify(written) === JSON.stringify(this.written);
    if (answer.taken === false) {
      this.offer(answer.written, "This was changed on another device or in another tab. There it says:");
      keep(this.key, { written: this.written, base: this.version, at: Date.now() });
    } else if (isStill) localStorage.removeItem(this.key);
    else keep(this.key, { written: this.written, base: this.version, at: Date.now() });
    this.form.tell();
  }
  // Two versions of the same field: the person chooses, and until then neither is lost.
  offer(written, words) {
    this.element.querySelector(".other-words")?.remove();
    const box = document.createElement("div");
    box.className = "other-words";
    box.setAttribute("role", "alert");
    const said = document.createElement("blockquote");
    said.textContent = written.join(", ");
    const line = document.createElement("p");
    line.textContent = words;
    const choose = (label, deed) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet button-small";
      button.textContent = label;
      button.addEventListener("click", () => {
        deed();
        box.remove();
        this.changed(0);
      });
      return button;
    };
    const row = document.createElement("div");
    row.className = "row";
    row.append(
      choose("Use those words", () => (this.written = written)),
      choose("Keep what stands here", () => {}),
    );
    box.append(line, said, row);
    this.element.prepend(box);
  }
}

class DraftForm {
  constructor(element) {
    this.element = element;
    this.draft = element.dataset.draft;
    this.line = element.querySelector("[data-saved]");
    this.answers = [...element.querySelectorAll("[data-answer]")].map((one) => new Answer(this, one));
    for (const answer of this.answers) answer.restore();
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    addEventListener("focus", () => this.flush());
    element.addEventListener("submit", (event) => this.leave(event));
  }
  // "Continue" brings all fields of the step itself. It waits for a save that is on its way, lest the two cross.
  async leave(event) {
    if (this.isLeaving) return;
    this.isLeaving = true;
    for (const answer of this.answers) {
      clearTimeout(answer.timer);
      const kept = read(answer.key);
      if (kept) keep(answer.key, { ...kept, isBrought: true });
    }
    const busy = this.answers.map((answer) => answer.sending).filter(Boolean);
    if (!busy.length) return;
    event.preventDefault();
    await Promise.allSettled(busy);
    this.element.requestSubmit(event.submitter);
  }
  flush() {
    for (const answer of this.answers) if (answer.isUnsaved) answer.save();
  }
  get token() {
    return this.element.querySelector("[name=csrf_token]");
  }
  async post(name, written, base) {
    const body = new FormData();
    body.append("csrf_token", this.token.value);
    body.append("name", name);
    body.append("base", base);
    for (const value of written) body.append("written", value);
    try {
      const answer = await fetch(this.element.dataset.save, { method: "POST", body, keepalive: this.isSmall(written), signal: AbortSignal.timeout(SAVE_MS) });
      if (answer.ok || (answer.status === 409 && answer.headers.get("Content-Type")?.includes("json")))
        return await answer.json();
      return await this.refused(answer.status);
    } catch {
      this.say("Not saved: the site cannot be reached. What you typed is kept in this browser and saved later.", true);
      return null;
    }
  }
  // Browsers let at most 64 KiB outlive a page.
  isSmall(written) {
    return written.join("").length < 15000;
  }
  async refused(status) {
    if (status === 400 && !this.isRenewing) {
      // Signed in again in another tab: the token of this page is from before.
      this.isRenewing = true;
      const page = await fetch(location.href, { redirect: "manual" });
      const found = page.ok && new DOMParser().parseFromString(await page.text(), "text/html");
      const token = found && found.querySelector("form[data-draft] [name=csrf_token]");
      if (token) this.token.value = token.value;
      this.isRenewing = false;
    }
    const link = this.element.dataset.signIn;
    this.say(
      status === 403 || status === 400
        ? "Not saved: you are signed out. What you typed is kept in this browser. "
        : "Not saved just now. What you typed is kept in this browser and saved later.",
      true,
    );
    if ((status === 403 || status === 400) && !link) this.line.append("Open your own link again to go on.");
    if ((status === 403 || status === 400) && link) {
      const anchor = document.createElement("a");
      anchor.href = link;
      anchor.textContent = "Sign in and go on";
      this.line.append(anchor);
    }
    return null;
  }
  tell() {
    const isAllSaved = this.answers.every((answer) => !answer.isUnsaved);
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    if (isAllSaved) this.say(`Saved at ${time}.`);
    document.dispatchEvent(new CustomEvent("draft:saved"));
  }
  say(words, isBad = false) {
    this.line.textContent = words;
    this.line.classList.toggle("saved-not", isBad);
  }
}

// Pictures are sent one by one as soon as they are chosen: together they might be more than one request may bring.
const sendPictures = async (form, input) => {
  const refusals = [];
  let n = 0;
  for (const file of input.files) {
    form.say(`Sending ${file.name} (${++n} of ${input.files.length}) …`);
    const body = new FormData();
    body.append("csrf_token", form.token.value);
    body.append("alone", "1");
    body.append("photo", file);
    try {
      const answer = await fetch(input.dataset.send, { method: "POST", body });
      if (answer.status === 413) refusals.push(`${file.name}: this file is too large. Send a smaller copy of it.`);
      else if (!answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const said = [...page.querySelectorAll(".error-summary li")].map((one) => one.textContent);
        refusals.push(...(said.length ? said : [`${file.name}: it could not be sent. Try again.`]));
      }
    } catch {
      refusals.push(`${file.name}: the site cannot be reached. Try again when you are connected.`);
    }
  }
  if (!refusals.length) return location.reload();
  form.say(refusals.join(" "), true);
  // What could be taken is there after a reload, and the reasons are still to be read until somebody asks for it.
  if (refusals.length < n) {
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = " Show the pictures that were taken";
    form.line.append(link);
  }
  input.value = "";
};

// What the machine reads comes from the worker, a moment later: the page looks until it is there.
const LOOK_MS = 700;
const MOST_LOOKS = 40;
class Reading {
  constructor(element) {
    this.element = element;
    this.found = element.querySelector("[data-found]");
    this.look();
    document.addEventListener("draft:saved", () => this.look());
  }
  async look(n = 0) {
    const turn = (this.turn = (n ? this.turn : 0) || Symbol());
    clearTimeout(this.timer);
    try {
      const answer = await fetch(this.element.dataset.reading);
      if (!answer.ok || answer.redirected || turn !== this.turn) return;
      const fragment = await answer.text();
      const isWaiting = fragment.includes("data-waiting");
      // While the machine reads, what it read before stays to be seen.
      if (!isWaiting || !this.found.querySelector("[data-read]")) this.found.innerHTML = fragment;
      this.element.classList.toggle("reading-waits", isWaiting);
      if (isWaiting && n < MOST_LOOKS) this.timer = setTimeout(() => this.look(n + 1), LOOK_MS);
    } catch {
      // Not reachable just now; the next save looks again.
    }
  }
}
for (const element of document.querySelectorAll("[data-reading]")) new Reading(element);

dropOld();
// A page that is shown again from the browser's memory tells old versions of its fields.
addEventListener("pageshow", (event) => {
  const isFromMemory = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (isFromMemory && document.querySelector("form[data-draft]")) location.reload();
});
// This page follows one whose fields it was sent with: they have arrived.
for (const { dataset } of document.querySelectorAll("[data-arrived]")) {
  const here = new Set([...document.querySelectorAll("[data-answer]")].map((one) => keptKey(dataset.arrived, one.dataset.answer)));
  for (const key of Object.keys(localStorage)) {
    const isOther = key.startsWith(`${KEPT}${dataset.arrived}:`) && !here.has(key);
    if (isOther && read(key)?.isBrought) localStorage.removeItem(key);
  }
}
for (const element of document.querySelectorAll("form[data-draft]")) {
  const form = new DraftForm(element);
  const input = element.querySelector("input[type=file][data-send]");
  input?.addEventListener("change", () => input.files.length && sendPictures(form, input));
}
// Sent or thrown away: no copy is left behind.
for (const element of document.querySelectorAll("[data-forget]")) {
  const drop = () => forget(`${KEPT}${element.dataset.forget}:`);
  if (element.matches("form")) element.addEventListener("submit", drop);
  else drop();
}
