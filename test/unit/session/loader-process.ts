/** A process that runs a Python program until it is killed: `loader-process.js FOLDER PROGRAM`. */
import { runChild } from "../../../kernel/engine/child.ts";

const [, , cwd = ".", input = ""] = process.argv;
const { signal } = new AbortController();
void runChild({ file: "python3", args: ["-"], cwd, input, signal, limit: 1000, onError: () => {} });
