import { makeTex } from "../../kernel/notebook/library/tex.ts";
import { parseMarkup } from "./markup.ts";
import "./tex-styles.ts";

export const tex = makeTex(parseMarkup);
