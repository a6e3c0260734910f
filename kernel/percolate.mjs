#!/usr/bin/env node
// The `percolate` command: makes the checkout ready if it is not, then runs what was built.
import { setUp } from "./setup.mjs";

setUp();
await import("../dist/kernel/cli.js");
