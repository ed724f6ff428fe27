// Deciding by keyboard on the review page. Every key presses a button that is there for the mouse, too.
const ON = "review-keys-off";
const cards = () => [...document.querySelectorAll("[data-review-keys] .suggestion:has(.decisions)")];
const isOn = () => localStorage.getItem(ON) === null;

let current = null;

// A card that was swapped is another element with the same id.
const place = () => cards().findIndex((card) => card.id === current);

function choose(card) {
  if (!card) return;
  current = card.id;
  for (const other of cards()) other.classList.toggle("suggestion-current", other === card);
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const link = card.querySelector('a[href^="#"]');
  const mark = link && document.getElementById(link.hash.slice(1));
  mark?.scrollIntoView({ block: "center" });
}

function step(distance) {
  const all = cards();
  const next = current === null ? (distance > 0 ? 0 : all.length - 1) : place() + distance;
  choose(all[Math.max(0, Math.min(next, all.length - 1))]);
}

// Set while the answer to a decision by keyboard is awaited: then the next one that is open is chosen.
let wasDecided = false;

function decide(status) {
  const card = cards()[place()];
  const buttons = card?.querySelectorAll(".decisions button[name=status]") ?? [];
  const button = [...buttons].find((one) => one.value === status);
  if (!button) return;
  wasDecided = status !== "suggested";
  button.click();
}

const isOpen = (card) => card.querySelector(".decisions button[value=confirmed]") !== null;

function afterDecision() {
  const all = cards();
  const here = place();
  const next = wasDecided ? all.slice(here + 1).find(isOpen) : undefined;
  wasDecided = false;
  choose(next ?? all[here]);
}

function comment() {
  const form = document.getElementById("add-comment");
  if (!form) return;
  // The browser tells of a selection a moment later, and by then the focus has moved on.
  takeSelection();
  form.open = true;
  document.getElementById("comment-body").focus();
}

// In the cards of personal data "confirmed" means that it is personal, as the help says.
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  y: () => decide("confirmed"),
  n: () => decide("rejected"),
  u: () => decide("suggested"),
  c: comment,
};

document.addEventListener("keydown", (event) => {
  if (!document.querySelector("[data-review-keys]") || !isOn()) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  const deed = KEYS[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

// htmx put a new card in the place of the old one, and then the focus where it had been.
document.addEventListener("htmx:afterSettle", () => {
  if (current !== null) requestAnimationFrame(afterDecision);
});

// What is selected in the text is what a comment is about; the same words may stand there more than once.
function takeSelection() {
  const words = document.getElementById("comment-words");
  const selection = getSelection();
  const text = document.getElementById("text");
  if (!words || !text || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
  if (!text.contains(selection.focusNode)) return;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const chosen = selection.toString().trim();
  if (!chosen) return;
  words.value = chosen;
  const parts = before.toString().replace(/\s+/g, " ").split(chosen.replace(/\s+/g, " "));
  document.getElementById("comment-occurrence").value = parts.length - 1;
}
document.addEventListener("selectionchange", takeSelection);

function prepare() {
  const help = document.querySelector("[data-review-keys-help]");
  if (!help) return;
  help.hidden = false;
  const box = help.querySelector("#keys-on");
  box.checked = isOn();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(ON);
    else localStorage.setItem(ON, "yes");
  });
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepare);
else prepare();
