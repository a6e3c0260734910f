import * as base from "react-dom";
import * as client from "react-dom/client";

/** React DOM with its client part: `ReactDOM.createRoot(element).render(…)`. */
export const ReactDOM = { ...base, ...client };
