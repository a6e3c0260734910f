/** A position in the author's text: both numbers from 1, columns in UTF-16 units, as editors and V8 count them. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset. */
export function placeOf(source: string, offset: number): Place {
  const breaks = /\r\n?|\n/g;
  let line = 1;
  let start = 0;
  for (let found = breaks.exec(source); found && breaks.lastIndex <= offset; found = breaks.exec(source)) {
    line++;
    start = breaks.lastIndex;
  }
  return { line, column: offset - start + 1 };
}
