// htmx reads its options from <meta name="htmx-config"> in the page; every page works without this file.
import htmx from "htmx.org";
import "./review.js";
import "./search.js";
import "./drafts.js";

// For the scripts of pictures, which only their own pages have (story_map.js, topic_map.js).
window.htmx = htmx;

const notice = () => document.getElementById("notice");

// The server could not be reached at all, so there is no answer to show.
document.addEventListener("htmx:sendError", () => {
  notice().textContent =
    "The site could not be reached, and nothing was changed. Check your connection and try again.";
});

// What a reader folded or unfolded stays so when the part of the page around it is replaced.
const unfolded = new Map();
if (matchMedia("(max-width: 56rem)").matches) unfolded.set("facets", false);
document.addEventListener("click", (event) => {
  const details = event.target.closest("details[data-fold] > summary")?.parentElement;
  if (details) unfolded.set(details.dataset.fold, !details.open);
});
const fold = () => {
  for (const details of document.querySelectorAll("details[data-fold]")) {
    if (unfolded.has(details.dataset.fold)) details.open = unfolded.get(details.dataset.fold);
  }
};
document.addEventListener("htmx:load", fold);
// Now, in one step with the class `js`, so that nothing is painted between and no line jumps (see search.css).
fold();

// A menu that is left closes: by a click elsewhere, by Escape, by walking on with the keyboard.
const menus = () => document.querySelectorAll("details[data-menu][open]");
const closeMenus = (except) => {
  for (const menu of menus()) if (!menu.contains(except)) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  const [menu] = menus();
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// An old notice does not stand beside a newer answer.
document.addEventListener("htmx:beforeRequest", () => notice().replaceChildren());
