/** ECharts without a browser: each chart draws itself into its element as SVG, as it stands when animation is over. */
import * as library from "echarts";
import type { DomElement } from "./dom.ts";

/** Size in px of a chart whose element has none. */
const standard = { width: 640, height: 400 };

type Options = library.EChartsInitOpts;

function init(element: DomElement | null, theme?: string | object | null, options: Options = {}) {
  const size = { ...standard, ...sizeOf(element), ...given(options) };
  const chart = library.init(null, theme, { ...options, ...size, renderer: "svg", ssr: true });
  const setOption = chart.setOption.bind(chart) as (...options: unknown[]) => void;
  return Object.assign(chart, {
    getDom: () => element,
    setOption(...settings: unknown[]) {
      setOption(...settings);
      setOption({ animation: false });
      if (element) element.innerHTML = inTextColor(chart.renderToSVGString());
    },
  });
}

/** Dark labels with a white rim would be unreadable where the reader's page is dark: they take the colour of its text. */
function inTextColor(svg: string): string {
  return svg.replace(/<text[^>]*fill="#(333|54555a)"[^>]*>/g, (text) =>
    text.replace(/fill="#\w+"/, 'fill="currentColor"').replace(/ stroke="rgb\(255,255,255\)"/, ""),
  );
}

function sizeOf(element: DomElement | null): { width?: number; height?: number } {
  const style = element?.getAttribute("style") ?? "";
  const px = (name: string) =>
    /^\s*([\d.]+)px/.exec(new RegExp(`(?:^|[;\\s])${name}:([^;]+)`).exec(style)?.[1] ?? "")?.[1];
  return given({ width: Number(px("width")), height: Number(px("height")) });
}

/** Only what is a number of px. */
function given({ width, height }: Pick<Options, "width" | "height">): { width?: number; height?: number } {
  return {
    ...(typeof width === "number" && width > 0 ? { width } : {}),
    ...(typeof height === "number" && height > 0 ? { height } : {}),
  };
}

export const echarts: Readonly<Record<string, unknown>> = { ...library, init };
