/** Which variables are computed together, and in which order. */
import { stateOf, type Variable } from "./variables.ts";

export interface Wave {
  readonly variables: ReadonlySet<Variable>;
  /** Those that are computed for their own sake, not only for their inputs'. */
  readonly roots: ReadonlySet<Variable>;
  /** Adds a variable and all that depends on it. */
  add(variable: Variable): void;
  /** Takes a variable out; what depends on it stays only if something else in the wave feeds it. */
  cut(variable: Variable): void;
}

/** The variables and all that depends on them, as a wave. */
export function closure(roots: Iterable<Variable>): Wave {
  const variables = new Set<Variable>();
  const add = (root: Variable) => {
    if (variables.has(root)) return;
    const stack = [root];
    variables.add(root);
    for (let variable = stack.pop(); variable; variable = stack.pop()) {
      if (variable._outputs.size === 0) continue;
      for (const output of variable._outputs) {
        if (variables.has(output)) continue;
        variables.add(output);
        stack.push(output);
      }
    }
  };
  const own = new Set(roots);
  for (const root of own) add(root);
  const cut = (root: Variable) => {
    const stack = [root];
    for (let variable = stack.pop(); variable; variable = stack.pop()) {
      if (!variables.delete(variable)) continue;
      for (const output of variable._outputs)
        if (!output._inputs.some((input) => variables.has(input))) stack.push(output);
    }
  };
  const addRoot = (root: Variable) => {
    own.add(root);
    add(root);
  };
  return { variables, roots: own, add: addRoot, cut };
}

/** Inputs before users; among equals, the lower rank first. A cycle's members are left out: analysis refused them. */
export function inOrder(
  variables: ReadonlySet<Variable>,
  rank: (variable: Variable) => number,
): readonly Variable[] {
  for (const variable of variables) variable._indegree = 0;
  for (const { _outputs } of variables)
    if (_outputs.size > 0) for (const output of _outputs) output._indegree++;
  const ready: Variable[] = [];
  for (const variable of variables) {
    if (variable._indegree !== 0) continue;
    stateOf(variable).rank = rank(variable);
    ready.push(variable);
  }
  ready.sort((a, b) => stateOf(a).rank - stateOf(b).rank);
  for (let index = 0; index < ready.length; index++) {
    const { _outputs } = ready[index] as Variable;
    if (_outputs.size === 0) continue;
    for (const output of _outputs) {
      if (--output._indegree === 0 && variables.has(output)) ready.push(output);
    }
  }
  return ready;
}
