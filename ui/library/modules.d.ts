declare module "@observablehq/inputs";
declare module "vega-lite-api";
