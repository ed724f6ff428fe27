// The map of passages, drawn on a canvas from points.json: 10,000 points in one pass, found again by a grid.
const COLOURS = [
  "#8a8171", "#c2410c", "#1d6fa5", "#3f7d3a", "#8b4fa8", "#b8860b", "#b0305c", "#1f8a84", "#6b5bd2", "#7a5c3e",
  "#5d8c1f", "#c05a9d", "#47698f",
];
const GRID = 1000;
const CELL = 20;
const MARGIN = 10;

function draw(canvas, points, chosen) {
  const scale = (window.devicePixelRatio || 1) * (canvas.clientWidth / (GRID + 2 * MARGIN));
  canvas.width = canvas.height = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1));
  const pen = canvas.getContext("2d");
  pen.setTransform(scale, 0, 0, scale, MARGIN * scale, MARGIN * scale);
  // Colour by colour: changing the pen costs more than drawing.
  for (let colour = 0; colour < COLOURS.length; colour += 1) {
    pen.fillStyle = COLOURS[colour];
    pen.globalAlpha = colour ? 0.75 : 0.35;
    const radius = colour ? 4.5 : 3;
    for (let i = 0; i < points.x.length; i += 1) {
      if (points.colours[i] !== colour) continue;
      pen.beginPath();
      pen.arc(points.x[i], GRID - points.y[i], radius, 0, 2 * Math.PI);
      pen.fill();
    }
  }
  if (chosen === null) return;
  pen.globalAlpha = 1;
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
  caption.textContent = "Point at a dot to read its words; click to open its story.";
  const known = new Map();
  let chosen = null;

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
  canvas.addEventListener("pointermove", async (event) => {
    const found = under(event);
    if (found === chosen) return;
    chosen = found;
    requestAnimationFrame(() => draw(canvas, points, chosen));
    if (found === null) return;
    const said = await passage(found);
    if (said && chosen === found) caption.textContent = `${said.title}: ${said.text}`;
  });
  canvas.addEventListener("click", async (event) => {
    const found = under(event);
    const said = found === null ? null : await passage(found);
    if (said) location.assign(said.address);
  });
  new ResizeObserver(() => requestAnimationFrame(() => draw(canvas, points, chosen))).observe(figure);
}

for (const figure of document.querySelectorAll(".topic-map")) show(figure);
