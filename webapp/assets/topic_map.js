// The map of passages, drawn on a canvas from points.json: 10,000 points in one pass, found again by a grid.
const COLOURS = [
  "#8a8171", "#c2410c", "#1d6fa5", "#3f7d3a", "#8b4fa8", "#b8860b", "#b0305c", "#1f8a84", "#6b5bd2", "#7a5c3e",
  "#5d8c1f", "#c05a9d", "#47698f",
];
const GRID = 1000;
const CELL = 20;
const MARGIN = 10;
const RESTING_MS = 60;

// All points on a canvas of their own, made once for each width: pointing at one then copies it, and draws a ring.
function drawPoints(points, pixels) {
  const layer = document.createElement("canvas");
  layer.width = layer.height = pixels;
  const pen = layer.getContext("2d");
  const scale = pixels / (GRID + 2 * MARGIN);
  pen.setTransform(scale, 0, 0, scale, MARGIN * scale, MARGIN * scale);
  // Colour by colour: changing the pen costs more than drawing.
  for (let colour = 0; colour < COLOURS.length; colour += 1) {
    pen.fillStyle = COLOURS[colour];
    pen.globalAlpha = colour ? 0.75 : 0.35;
    // On a narrow screen a dot keeps the size of a dot.
    const radius = Math.max(colour ? 4.5 : 3, ((colour ? 2.2 : 1.5) * (window.devicePixelRatio || 1)) / scale);
    for (let i = 0; i < points.x.length; i += 1) {
      if (points.colours[i] !== colour) continue;
      pen.beginPath();
      pen.arc(points.x[i], GRID - points.y[i], radius, 0, 2 * Math.PI);
      pen.fill();
    }
  }
  return layer;
}

function draw(canvas, layer, points, chosen) {
  if (layer === null) return;
  const pen = canvas.getContext("2d");
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(layer, 0, 0);
  if (chosen === null) return;
  const scale = canvas.width / (GRID + 2 * MARGIN);
  pen.setTransform(scale, 0, 0, scale, MARGIN * scale, MARGIN * scale);
  pen.lineWidth = 3;
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.beginPath();
  pen.arc(points.x[chosen], GRID - points.y[chosen], 9, 0, 2 * Math.PI);
  pen.stroke();
}

function gridOf(points) {
  const cells = new Map();
  for (let i = 0; i < points.x.length; i += 1) {
    const key = Math.floor(points.x[i] / CELL) * 100 + Math.floor((GRID - points.y[i]) / CELL);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(i);
  }
  return cells;
}

function nearest(points, cells, x, y) {
  let best = null;
  let least = CELL * CELL;
  for (let column = Math.floor(x / CELL) - 1; column <= Math.floor(x / CELL) + 1; column += 1) {
    for (let row = Math.floor(y / CELL) - 1; row <= Math.floor(y / CELL) + 1; row += 1) {
      for (const i of cells.get(column * 100 + row) ?? []) {
        const distance = (points.x[i] - x) ** 2 + (GRID - points.y[i] - y) ** 2;
        if (distance < least) [best, least] = [i, distance];
      }
    }
  }
  return best;
}

function tell(caption, said) {
  const link = document.createElement("a");
  link.href = said.address;
  link.textContent = said.title;
  const words = said.warning ? `Content warning: ${said.warning}. Open the story to read it.` : said.text;
  caption.replaceChildren(link, ` ${words}`);
}

async function show(figure) {
  const answer = await fetch(figure.dataset.points);
  if (!answer.ok) return;
  const points = await answer.json();
  const cells = gridOf(points);
  const canvas = document.createElement("canvas");
  const caption = figure.querySelector("figcaption");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.querySelector("img").alt);
  figure.querySelector("img").replaceWith(canvas);
  caption.textContent = "Point at a dot to read its words; click to open its story there.";
  const known = new Map();
  let layer = null;
  let chosen = null;
  let asking = 0;

  const passage = (i) => {
    const id = points.passages[i];
    if (!known.has(id)) {
      const address = figure.dataset.passages.replace(/0$/, String(id));
      known.set(id, fetch(address).then((found) => (found.ok ? found.json() : null)));
    }
    return known.get(id);
  };
  const under = (event) => {
    const box = canvas.getBoundingClientRect();
    const unit = (GRID + 2 * MARGIN) / box.width;
    return nearest(points, cells, (event.clientX - box.left) * unit - MARGIN, (event.clientY - box.top) * unit - MARGIN);
  };
  const choose = (found) => {
    chosen = found;
    canvas.style.cursor = found === null ? "" : "pointer";
    requestAnimationFrame(() => draw(canvas, layer, points, chosen));
    clearTimeout(asking);
    if (found === null) return;
    // A pointer that only passes over a dot asks for nothing.
    asking = setTimeout(async () => {
      const said = await passage(found);
      if (said && chosen === found) tell(caption, said);
    }, RESTING_MS);
  };
  canvas.addEventListener("pointermove", (event) => {
    const found = under(event);
    if (found !== chosen) choose(found);
  });
  canvas.addEventListener("click", async (event) => {
    const found = under(event);
    if (found === null) return;
    // A finger cannot point without pressing: its first press is what pointing is to a mouse.
    if (event.pointerType === "touch") {
      choose(found);
      return;
    }
    const said = await passage(found);
    if (said) location.assign(said.address);
  });
  new ResizeObserver(() => {
    const pixels = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1));
    if (!pixels || layer?.width === pixels) return;
    canvas.width = canvas.height = pixels;
    layer = drawPoints(points, pixels);
    requestAnimationFrame(() => draw(canvas, layer, points, chosen));
  }).observe(canvas);
}

for (const figure of document.querySelectorAll(".topic-map")) show(figure);
