/**
 * Names of the classes that a value is an instance of, nearest first: ["Point", "Object"]. Reads only plain data
 * properties, so no getter runs; a proxy that throws ends the walk.
 */
export function classNames(value: object): string[] {
  const names: string[] = [];
  try {
    let proto: object | null = Object.getPrototypeOf(value);
    for (let depth = 0; proto && depth < 20; depth++) {
      const name = constructorName(proto);
      if (name) names.push(name);
      proto = Object.getPrototypeOf(proto);
    }
  } catch {
    // A hostile proxy: what was read so far has to do.
  }
  return names;
}

function constructorName(proto: object): string | undefined {
  const made = ownData(proto, "constructor");
  if (typeof made !== "function") return undefined;
  const name = ownData(made, "name");
  return typeof name === "string" ? name : undefined;
}

/** The value of an own data property; undefined for a getter, for none, and when a proxy throws. */
export function ownData(value: object, key: PropertyKey): unknown {
  try {
    return Object.getOwnPropertyDescriptor(value, key)?.value;
  } catch {
    return undefined;
  }
}
