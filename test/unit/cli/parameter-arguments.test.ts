import { describe, expect, test } from "vitest";
import { readAssignment, readParameters } from "../../../kernel/cli/parameter-arguments.ts";
import { failureText, UserError } from "../../../kernel/notebook/errors.ts";

const known = [
  { name: "table", type: "string" },
  { name: "minDelay", type: "number" },
  { name: "smooth", type: "boolean" },
  { name: "cities", type: "list" },
  { name: "report", type: "string" },
] as const;

const read = (...tokens: string[]) => readParameters(tokens, known);

function problem(...tokens: string[]): string {
  try {
    read(...tokens);
  } catch (error) {
    if (error instanceof UserError) return failureText(error.failure);
    throw error;
  }
  return "";
}

describe("parameters on the command line", () => {
  test("a value follows its name, or an equals sign", () => {
    expect(read("--table", "flights")).toEqual({ table: "flights" });
    expect(read("--table=flights", "--minDelay=3")).toEqual({ table: "flights", minDelay: "3" });
    expect(read("--table=a=b")).toEqual({ table: "a=b" });
    expect(read("--table=")).toEqual({ table: "" });
  });

  test("a name may be in kebab-case", () => {
    expect(read("--min-delay", "3")).toEqual({ minDelay: "3" });
  });

  test("a negative number is a value", () => {
    expect(read("--minDelay", "-5")).toEqual({ minDelay: "-5" });
  });

  test("text that looks like an option of nobody is a value", () => {
    expect(read("--table", "--odd-name")).toEqual({ table: "--odd-name" });
  });

  test("flags stand alone, are negated, or say true or false", () => {
    expect(read("--smooth")).toEqual({ smooth: true });
    expect(read("--no-smooth")).toEqual({ smooth: false });
    expect(read("--smooth=false")).toEqual({ smooth: false });
    expect(read("--smooth", "true", "--table", "x")).toEqual({ smooth: true, table: "x" });
    expect(read("--smooth", "--table", "x")).toEqual({ smooth: true, table: "x" });
  });

  test("lists are separated by commas, repeated, or both; and may be empty", () => {
    expect(read("--cities", "Rom,Oslo", "--cities", "Bonn")).toEqual({ cities: "Rom,Oslo,Bonn" });
    expect(read("--cities=")).toEqual({ cities: "" });
  });

  test("a lone -- is passed over", () => {
    expect(read("--", "--report", "x")).toEqual({ report: "x" });
  });

  test("NAME=VALUE is read as one parameter", () => {
    expect(read(...readAssignment("report=a=b", known))).toEqual({ report: "a=b" });
    expect(() => readAssignment("report", known)).toThrow("NAME=VALUE");
  });

  test("names like those of every object are names like any other", () => {
    expect(() => read("--constructor", "x")).toThrow('no parameter "constructor"');
    expect(() => read("--__proto__", "x")).toThrow('no parameter "__proto__"');
  });
});

describe("wrong parameters are refused with a remedy", () => {
  test("an unknown name gets the nearest one", () => {
    expect(problem("--tabel", "x")).toBe('the notebook has no parameter "tabel"; did you mean --table?');
  });

  test("an unknown name that is near to none gets them all", () => {
    expect(problem("--quarter", "x")).toContain("its parameters are --table, --minDelay");
  });

  test("a value is missing at the end or before the next name", () => {
    expect(problem("--table")).toBe("parameter --table has no value; write --table VALUE");
    expect(problem("--table", "--smooth")).toContain("--table has no value");
  });

  test("a single value is given twice", () => {
    expect(problem("--table", "a", "--table", "b")).toContain("given twice");
  });

  test("a stray word, a negated number, a flag that is neither", () => {
    expect(problem("flights")).toContain('"flights" is not a parameter');
    expect(problem("--no-minDelay")).toContain("needs a yes-or-no parameter");
    expect(problem("--smooth=maybe")).toContain("neither true nor false");
  });
});
