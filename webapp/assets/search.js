// What makes the search page quicker: keys, and years chosen by dragging. Everything here also works without it.
document.documentElement.classList.add("js");

const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");
// Hits of a list, pins of the map, bands of the flow, lines of a concordance: those that are shown.
const hits = () =>
  [...document.querySelectorAll("[data-hits] :is(h2, h3, h4) a, a[data-hit]")].filter(
    (link) => link.getClientRects().length > 0,
  );

// "/" goes to the search box, arrows go from hit to hit; Enter opens, as it does on any link.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("q");
  if (event.key === "/" && box && !isTyping(event.target)) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const all = hits();
  const at = all.indexOf(document.activeElement);
  // From the box, the first arrow goes to the first hit; elsewhere in the page, arrows scroll as ever.
  if (at < 0 && !(event.target === box && event.key === "ArrowDown")) return;
  const next = event.key === "ArrowDown" ? all[at + 1] : (all[at - 1] ?? box);
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// Years: press on one bar, let go on another.
let dragged = null;
const yearAt = (svg, event) => {
  const bars = [...svg.querySelectorAll("[data-year]")];
  const { left, width } = svg.getBoundingClientRect();
  const at = Math.floor(((event.clientX - left) / width) * bars.length);
  return Number(bars[Math.max(0, Math.min(bars.length - 1, at))].dataset.year);
};
const paint = (svg, from, to) => {
  for (const bar of svg.querySelectorAll("[data-year]")) {
    const year = Number(bar.dataset.year);
    bar.classList.toggle("year-chosen", from <= year && year <= to);
  }
};
document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.("[data-years]");
  if (!svg || event.button) return;
  const year = yearAt(svg, event);
  dragged = { svg, from: year, to: year };
  svg.setPointerCapture?.(event.pointerId);
  paint(svg, year, year);
});
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  dragged.to = yearAt(dragged.svg, event);
  paint(dragged.svg, Math.min(dragged.from, dragged.to), Math.max(dragged.from, dragged.to));
});
document.addEventListener("pointerup", () => {
  if (!dragged) return;
  const { from, to } = dragged;
  dragged = null;
  const field = document.getElementById("year_from");
  field.value = Math.min(from, to);
  document.getElementById("year_to").value = Math.max(from, to);
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("pointercancel", () => (dragged = null));
