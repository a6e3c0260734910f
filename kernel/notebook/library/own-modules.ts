/** Packages that come with Percolate, and the names under which cells know them. Those installed in the workspace win. */
export const ownModules: Readonly<Record<string, string>> = {
  "@observablehq/inputs": "Inputs",
  "@observablehq/plot": "Plot",
  "@uwdata/flechette": "Arrow",
  arquero: "aq",
  d3: "d3",
  echarts: "echarts",
  htl: "htl",
  leaflet: "L",
  lodash: "_",
  react: "React",
  "react-dom": "ReactDOM",
  "react-dom/client": "ReactDOM",
  "topojson-client": "topojson",
};

/** A value as the exports of a module: its properties by name, and itself or its default as `default`. */
export function asExports(value: unknown): Record<string, unknown> {
  const exports: Record<string, unknown> = Object.assign(Object.create(null), value);
  if (!("default" in exports)) exports.default = value;
  return exports;
}
