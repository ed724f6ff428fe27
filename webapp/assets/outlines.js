// Makes static/dist/outlines.svg: the coasts and borders that maps are drawn on, from Natural Earth (public domain)
// as npm's `world-atlas` packs it. Units: Web Mercator, the world 65536 wide (see webapp/map_picture.py).
// The British Isles are drawn finely, their neighbours less so, the rest of the world coarsely.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";

const WORLD = 65536;
const FINE = new Set(["United Kingdom", "Ireland", "Isle of Man", "Jersey", "Guernsey"]);
const NEAR = new Set(["France", "Belgium", "Netherlands", "Germany", "Denmark", "Norway", "Sweden", "Spain", "Faeroe Is."]);
const FURTHEST_LATITUDE = 85;

const countries = (resolution) => {
  const path = createRequire(import.meta.url).resolve(`world-atlas/countries-${resolution}.json`);
  const topology = JSON.parse(readFileSync(path, "utf8"));
  return feature(topology, topology.objects.countries).features;
};
const named = (features, names, isIn) => features.filter((f) => names.has(f.properties.name) === isIn);

const project = ([longitude, latitude]) => {
  const bounded = Math.max(-FURTHEST_LATITUDE, Math.min(FURTHEST_LATITUDE, latitude));
  const mercator = Math.asinh(Math.tan((bounded * Math.PI) / 180));
  return [((longitude + 180) / 360) * WORLD, ((1 - mercator / Math.PI) / 2) * WORLD].map(Math.round);
};

// One ring as a path of relative steps, without the points that fall upon one another.
const ringPath = (ring) => {
  let [x, y] = project(ring[0]);
  let path = `M${x} ${y}`;
  let steps = "";
  for (const point of ring.slice(1)) {
    const [nextX, nextY] = project(point);
    const [dx, dy] = [nextX - x, nextY - y];
    if (dx === 0 && dy === 0) continue;
    steps += `${dx < 0 || steps === "" ? "" : " "}${dx}${dy < 0 ? "" : " "}${dy}`;
    [x, y] = [nextX, nextY];
  }
  return steps === "" ? "" : `${path}l${steps}z`;
};
const path = (features) =>
  features
    .flatMap(({ geometry }) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates))
    .flat()
    .map(ringPath)
    .join("");

const all = new Set([...FINE, ...NEAR]);
const drawn = [
  ...named(countries("10m"), FINE, true),
  ...named(countries("50m"), NEAR, true),
  ...named(countries("110m"), all, false).filter((f) => f.properties.name !== "Antarctica"),
];
writeFileSync(
  new URL("../static/dist/outlines.svg", import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg"><path id="land" vector-effect="non-scaling-stroke" d="${path(drawn)}"/></svg>\n`,
);
