import * as base from "react-dom";
import * as client from "react-dom/client";

export const ReactDOM = { ...base, ...client };
