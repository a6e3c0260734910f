const ink = "currentColor";
const faint = { domainColor: ink, tickColor: ink, gridColor: ink, gridOpacity: 0.15 };
const font = "var(--sans-serif)";

/** Charts of Vega-Lite are SVG in the text colour around, so that they follow light and dark, and keep in reports. */
const config = {
  background: "transparent",
  font,
  axis: { labelColor: ink, titleColor: ink, ...faint },
  legend: { labelColor: ink, titleColor: ink },
  header: { labelColor: ink, titleColor: ink },
  title: { color: ink, subtitleColor: ink },
  text: { color: ink },
  rule: { color: ink },
  view: { stroke: "transparent" },
} as const;

/** For `register` of the API: options of the view, and of the compiler. */
export const vegaLiteOptions = { view: { renderer: "svg" }, config: { config } } as const;
