/** Ships no types; cells use it untyped. */
declare module "@observablehq/inputs";
