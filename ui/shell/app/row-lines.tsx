interface Props {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Of each column's cells. */
  readonly classes?: readonly string[];
}

/** Rows of a small table that is only read, as its body. */
export function RowLines({ columns, rows, classes = [] }: Props) {
  return (
    <tbody>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity and do not move
        <tr key={at}>
          {row.map((value, index) => (
            <td key={columns[index]?.name} className={classes[index]}>
              {value ?? <span className="muted">null</span>}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
