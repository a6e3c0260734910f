/** One line of a benchmark: what was measured, beside its peer or limit, in the same run. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly reference: string;
  readonly ratio: string;
  readonly limit: string;
}
