/** Ships no types; cells use it untyped. */
declare module "@observablehq/inputs";
declare module "vega-lite-api";
