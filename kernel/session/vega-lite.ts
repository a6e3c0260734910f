import * as vega from "vega";
import * as vegaLite from "vega-lite";
import * as vegaLiteApi from "vega-lite-api";
import { vegaLiteOptions } from "../notebook/library/vega-theme.ts";

vegaLiteApi.register(vega, vegaLite, vegaLiteOptions);

/** The API of Vega-Lite over the bundled Vega. */
export const vl: object = vegaLiteApi;
