// The map of stories moved by hand: dragged, and nearer or farther by the wheel or the keys + and -. The links below it
// do the same without this; every window is an address, and the server draws it.

const TILE = 256;
const PAUSE_MS = 180;
const LEAST_DRAG = 5;

const worldX = (longitude, zoom) => ((longitude + 180) / 360) * TILE * 2 ** zoom;
const worldY = (latitude, zoom) =>
  ((1 - Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI) / 2) * TILE * 2 ** zoom;
const longitudeAt = (x, zoom) => (x / (TILE * 2 ** zoom)) * 360 - 180;
const latitudeAt = (y, zoom) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / (TILE * 2 ** zoom)))) * 180) / Math.PI;
const within = (number, least, most) => Math.min(most, Math.max(least, number));

const mapOf = (event) => event.target.closest?.("[data-map]");
const ground = (map) => map.querySelector("[data-map-ground]");
const size = (map) => map.viewBox.baseVal;

// Where in the picture's own units the pointer is.
const at = (map, event) => {
  const box = map.getBoundingClientRect();
  const unit = size(map).width / box.width;
  return { x: (event.clientX - box.left) * unit, y: (event.clientY - box.top) * unit };
};

// Ask for the window whose middle is at these pixels of the world at a zoom.
const show = (x, y, zoom) => {
  const latitude = within(latitudeAt(y, zoom), -85, 85).toFixed(4);
  const longitude = within(longitudeAt(x, zoom), -180, 180).toFixed(4);
  const address = new URL(location.href);
  address.searchParams.set("view", "map");
  address.searchParams.set("at", `${latitude},${longitude},${zoom}`);
  window.htmx.ajax("GET", address.pathname + address.search, { target: "#found", swap: "outerHTML" });
};
const windowOf = (map) => {
  const [latitude, longitude, zoom] = map.dataset.at.split(",").map(Number);
  return { x: worldX(longitude, zoom), y: worldY(latitude, zoom), zoom };
};

let drag = null;
document.addEventListener("pointerdown", (event) => {
  const map = mapOf(event);
  if (!map || event.button || !event.isPrimary) return;
  drag = { map, from: at(map, event), by: { x: 0, y: 0 }, isMoved: false };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const here = at(drag.map, event);
  drag.by = { x: here.x - drag.from.x, y: here.y - drag.from.y };
  if (!drag.isMoved && Math.hypot(drag.by.x, drag.by.y) < LEAST_DRAG) return;
  // Not before it has moved: whoever holds the pointer gets the click, and that is for the pin.
  if (!drag.isMoved) drag.map.setPointerCapture?.(event.pointerId);
  drag.isMoved = true;
  ground(drag.map).setAttribute("transform", `translate(${drag.by.x} ${drag.by.y})`);
});
document.addEventListener("pointerup", () => {
  if (drag?.isMoved) {
    const { x, y, zoom } = windowOf(drag.map);
    show(x - drag.by.x, y - drag.by.y, zoom);
    // The click that ends a drag opens no pin.
    const swallow = (event) => event.preventDefault();
    document.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
  }
  drag = null;
});
document.addEventListener("pointercancel", () => {
  if (drag) ground(drag.map).removeAttribute("transform");
  drag = null;
});
// A pin is a link, and browsers would drag the link itself.
document.addEventListener("dragstart", (event) => mapOf(event) && event.preventDefault());

// A page that is being scrolled goes on scrolling when the map comes under the pointer.
let lastScrolled = 0;
let turned = null;
const zoomed = () => {
  const { map, point, steps } = turned;
  turned = null;
  const { x, y, zoom } = windowOf(map);
  const { width, height } = size(map);
  const nearer = within(zoom + steps, Number(map.dataset.farthest), Number(map.dataset.nearest));
  const scale = 2 ** (nearer - zoom);
  if (scale === 1) {
    ground(map).removeAttribute("transform");
    return;
  }
  // What is under the pointer stays there.
  const [offX, offY] = [point.x - width / 2, point.y - height / 2];
  show((x + offX) * scale - offX, (y + offY) * scale - offY, nearer);
};
document.addEventListener(
  "wheel",
  (event) => {
    const map = mapOf(event);
    if (!map || event.timeStamp - lastScrolled < 2 * PAUSE_MS) {
      lastScrolled = event.timeStamp;
      return;
    }
    event.preventDefault();
    const step = event.deltaY < 0 ? 1 : -1;
    if (turned) clearTimeout(turned.timer);
    const steps = within((turned?.steps ?? 0) + step, -3, 3);
    const point = at(map, event);
    turned = { map, point, steps, timer: setTimeout(zoomed, PAUSE_MS) };
    const scale = 2 ** steps;
    ground(map).setAttribute("transform", `translate(${point.x * (1 - scale)} ${point.y * (1 - scale)}) scale(${scale})`);
  },
  { passive: false },
);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const step = { "+": "nearer", "=": "nearer", "-": "farther" }[event.key];
  if (step) document.getElementById(`map-${step}`)?.click();
});
