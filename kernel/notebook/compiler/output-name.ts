import { UserError } from "../errors.ts";
import { globals, ownNames } from "./globals.ts";
import { isIdentifier } from "./trivia.ts";

/** Why a cell's result may not have a name, if it may not. */
export function refuseOutput(output: string): UserError | null {
  const remedy = 'choose a name such as output="rows"';
  if (!isIdentifier(output) || isReserved(output))
    return new UserError({
      kind: "input",
      message: `output ${JSON.stringify(output)} is not a name`,
      remedy,
    });
  if (!globals.has(output) && !ownNames.has(output)) return null;
  return new UserError({ kind: "input", message: `output ${output} cannot be redefined`, remedy });
}

const reserved = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum export extends false
  finally for function if implements import in instanceof interface let new null package private protected public
  return static super switch this throw true try typeof var void while with yield`.split(/\s+/),
);

export function isReserved(name: string): boolean {
  return reserved.has(name);
}
