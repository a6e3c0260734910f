/** The names that every cell can use, as its editor knows them. Read by the language server, not part of the build. */

declare namespace Percolate {
  /** What a name is to the other cells: promises awaited, generators followed. */
  type Value<T> = 0 extends 1 & T
    ? T
    : T extends PromiseLike<infer U>
      ? Value<U>
      : T extends Iterator<infer U, any, any> & { [Symbol.iterator](): any }
        ? T extends readonly any[] | string | Map<any, any> | Set<any>
          ? T
          : Awaited<U>
        : T extends AsyncIterator<infer U, any, any>
          ? Awaited<U>
          : T;

  /** A column of a table, in the shape of an Arrow vector. */
  interface Column<T> extends Iterable<T> {
    readonly length: number;
    readonly nullCount: number;
    at(index: number): T | undefined;
    get(index: number): T | undefined;
    toArray(): ArrayLike<T> & Iterable<T>;
    toJSON(): T[];
  }

  /** The rows of a query: an Arrow table for Plot and Arquero, a list of row objects for everything else. */
  interface Rows<Row = Record<string, any>> extends Iterable<Row> {
    readonly [index: number]: Row;
    readonly length: number;
    readonly numRows: number;
    readonly numCols: number;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
    readonly schema: { readonly fields: readonly { readonly name: string }[] };
    /** The Arrow IPC stream. */
    readonly bytes: Uint8Array;
    getChild<Name extends keyof Row & string>(name: Name): Column<Row[Name]> | undefined;
    getChildAt(index: number): Column<any> | undefined;
    at(index: number): Row | undefined;
    get(index: number): Row | undefined;
    entries(): IterableIterator<[number, Row]>;
    toArray(): Row[];
    forEach(visit: (row: Row, index: number, rows: this) => void): void;
    map<T>(visit: (row: Row, index: number, rows: this) => T): T[];
    flatMap<T>(visit: (row: Row, index: number, rows: this) => T | readonly T[]): T[];
    filter(test: (row: Row, index: number, rows: this) => unknown): Row[];
    find(test: (row: Row, index: number, rows: this) => unknown): Row | undefined;
    findIndex(test: (row: Row, index: number, rows: this) => unknown): number;
    some(test: (row: Row, index: number, rows: this) => unknown): boolean;
    every(test: (row: Row, index: number, rows: this) => unknown): boolean;
    reduce(join: (value: Row, row: Row, index: number) => Row): Row;
    reduce<T>(join: (value: T, row: Row, index: number) => T, initial: T): T;
    slice(start?: number, end?: number): Row[];
    sort(compare?: (a: Row, b: Row) => number): Row[];
    toJSON(): Row[];
  }

  /** An element that holds a value, as `view` takes it. */
  type Input<T> = HTMLElement & { value: T };

  /** A name or table of SQL text, as `sql.identifier` and `sql.table` give it. */
  interface SqlText {
    readonly text: string;
  }

  interface Sql {
    /** Runs a query; every `${…}` is a bound parameter. */
    <Row = Record<string, any>>(strings: readonly string[], ...values: unknown[]): Promise<Rows<Row>>;
    /** A column's or table's name, safely quoted. */
    identifier(name: string): SqlText;
    /** A table's name with its database, safely quoted. */
    table(name: string): SqlText;
    /** The same on a connection. */
    database(name: string): Sql;
  }

  /** Tables of the catalog, by name: filled in from the catalog. */
  interface Tables {}

  interface TableReference<Row> extends PromiseLike<Rows<Row>> {
    readonly name: string;
  }

  interface File {
    readonly name: string;
    readonly mimeType: string;
    readonly size: number | undefined;
    readonly lastModified: number | undefined;
    readonly href: string;
    url(): Promise<string>;
    text(): Promise<string>;
    json<T = any>(): Promise<T>;
    blob(): Promise<Blob>;
    arrayBuffer(): Promise<ArrayBuffer>;
    stream(): Promise<ReadableStream<Uint8Array>>;
    csv<Row = any>(options?: {
      array?: boolean;
      typed?: boolean | "auto";
    }): Promise<Row[] & { columns: string[] }>;
    tsv<Row = any>(options?: {
      array?: boolean;
      typed?: boolean | "auto";
    }): Promise<Row[] & { columns: string[] }>;
    dsv<Row = any>(options?: {
      delimiter?: string;
      array?: boolean;
      typed?: boolean | "auto";
    }): Promise<Row[] & { columns: string[] }>;
    arrow(): Promise<Rows>;
    parquet(): Promise<Rows>;
    image(properties?: Partial<HTMLImageElement>): Promise<HTMLImageElement>;
    html(): Promise<Document>;
    xml(): Promise<Document>;
  }

  type Template<T> = (strings: readonly string[], ...values: any[]) => T;

  interface GeneratorsLibrary {
    /** The values of an input element, now and whenever they change. */
    input<T>(element: { value: T }): Generator<T>;
    /** The time in ms, as often as there are frames. */
    now(): Generator<number>;
    /** The latest value given to `change`; values in between are dropped. */
    observe<T>(initialize: (change: (value: T) => void) => (() => void) | void): AsyncGenerator<T>;
    /** Every value given to `change`, in order. */
    queue<T>(initialize: (change: (value: T) => void) => (() => void) | void): AsyncGenerator<T>;
    /** The width of an element in px, now and whenever it changes. */
    width(element?: Element): AsyncGenerator<number>;
    dark(): AsyncGenerator<boolean>;
  }

  interface MutableValue<T> extends AsyncGenerator<T> {
    value: T;
  }

  interface InputsLibrary {
    button<T = number>(
      content?: string | Node | [string, (value: T) => T][],
      options?: InputOptions & { value?: T; reduce?: (value: T) => T },
    ): Input<T>;
    checkbox<T>(data: Iterable<T>, options?: ChoiceOptions<T> & { value?: Iterable<T> }): Input<T[]>;
    color(options?: InputOptions & { value?: string }): Input<string>;
    date(
      options?: InputOptions & { value?: Date | string; min?: Date | string; max?: Date | string },
    ): Input<Date>;
    datetime(
      options?: InputOptions & { value?: Date | string; min?: Date | string; max?: Date | string },
    ): Input<Date>;
    email(options?: TextOptions): Input<string>;
    file(options?: InputOptions & { accept?: string; multiple?: false }): Input<File>;
    file(options: InputOptions & { accept?: string; multiple: true }): Input<File[]>;
    form<T extends Record<string, { value: any }>>(inputs: T): Input<{ [Name in keyof T]: T[Name]["value"] }>;
    form<T extends readonly { value: any }[]>(inputs: T): Input<any[]>;
    input<T>(value: T): EventTarget & { value: T };
    number(options?: RangeOptions): Input<number>;
    number(extent: [min: number, max: number], options?: RangeOptions): Input<number>;
    password(options?: TextOptions): Input<string>;
    radio<T>(data: Iterable<T>, options?: ChoiceOptions<T> & { value?: T }): Input<T>;
    range(extent?: [min: number, max: number], options?: RangeOptions): Input<number>;
    search<T>(
      data: Iterable<T>,
      options?: InputOptions & { query?: string; placeholder?: string; columns?: string[]; filter?: unknown },
    ): Input<T[]>;
    select<K, V>(
      data: Map<K, V>,
      options: ChoiceOptions<any> & { multiple: true | number; value?: unknown },
    ): Input<V[]>;
    select<K, V>(data: Map<K, V>, options?: ChoiceOptions<any> & { value?: unknown }): Input<V>;
    select<T>(
      data: Iterable<T>,
      options: ChoiceOptions<T> & { multiple: true | number; value?: Iterable<T> },
    ): Input<T[]>;
    select<T>(data: Iterable<T>, options?: ChoiceOptions<T> & { value?: T }): Input<T>;
    table<T>(data: Iterable<T>, options?: TableOptions<T> & { multiple: false }): Input<T | null>;
    table<T>(data: Iterable<T>, options?: TableOptions<T>): Input<T[]>;
    tel(options?: TextOptions): Input<string>;
    text(options?: TextOptions): Input<string>;
    textarea(options?: TextOptions & { rows?: number; monospace?: boolean; resize?: boolean }): Input<string>;
    toggle<T = boolean>(options?: InputOptions & { value?: T; values?: [T, T] }): Input<T>;
    url(options?: TextOptions): Input<string>;
    bind<T extends { value: any }>(target: T, source: { value: any }, invalidation?: Promise<void>): T;
    disposal(element: Element): Promise<void>;
    formatDate(date: Date): string;
    formatLocaleAuto(locale?: string): (value: any) => string;
    formatLocaleNumber(locale?: string): (value: number) => string;
    formatNumber(value: number): string;
    formatTrim(value: number): string;
  }

  interface InputOptions {
    label?: string | Node;
    width?: number | string;
    disabled?: boolean | Iterable<unknown>;
  }

  interface TextOptions extends InputOptions {
    value?: string;
    type?: string;
    placeholder?: string;
    pattern?: string;
    spellcheck?: boolean | string;
    autocomplete?: boolean | string;
    autocapitalize?: boolean | string;
    datalist?: Iterable<string>;
    minlength?: number;
    maxlength?: number;
    min?: number | string;
    max?: number | string;
    required?: boolean;
    readonly?: boolean;
    submit?: boolean | string | Node;
    validate?: (input: HTMLInputElement) => boolean;
  }

  interface RangeOptions extends InputOptions {
    value?: number;
    min?: number;
    max?: number;
    step?: number | "any";
    format?: (value: number) => string;
    transform?: (value: number) => number;
    invert?: (value: number) => number;
    placeholder?: string;
    validate?: (input: HTMLInputElement) => boolean;
  }

  interface ChoiceOptions<T> extends InputOptions {
    sort?: boolean | "ascending" | "descending" | ((a: any, b: any) => number);
    unique?: boolean;
    locale?: string;
    format?: (value: T, index: number, data: T[]) => unknown;
    keyof?: (value: any, index: number, data: any[]) => unknown;
    valueof?: (value: any, index: number, data: any[]) => any;
  }

  type ColumnOption<T, V> = { [Name in keyof T]?: V };

  interface TableOptions<T> extends InputOptions {
    columns?: (keyof T & string)[] | string[];
    value?: T | T[] | null;
    rows?: number;
    sort?: string;
    reverse?: boolean;
    format?: ColumnOption<T, (value: any, index: number, data: T[]) => unknown>;
    locale?: string;
    header?: ColumnOption<T, string | Node>;
    width?: ColumnOption<T, number | string> | number | string;
    align?: ColumnOption<T, "left" | "right" | "center">;
    layout?: "fixed" | "auto";
    required?: boolean;
    multiple?: boolean;
    maxHeight?: number | string;
    maxWidth?: number | string;
    height?: number | string;
  }

  interface Htl {
    html: Html;
    svg: Template<SVGElement> & { fragment: Template<DocumentFragment> };
  }

  interface Html extends Template<HTMLElement> {
    fragment: Template<DocumentFragment>;
  }

  interface TableInfo {
    readonly database: string;
    readonly name: string;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
    readonly rowCount: number | null;
    readonly bytes: number;
  }
}

/** Shows a value under the cell, and gives it back. */
declare function display<T>(value: T): T;
/** Shows an input; the other cells get its value, and run again when it changes. */
declare function view<T>(input: Percolate.Input<T> | (Element & { value: T })): Generator<T>;
/** Fulfilled when this run of the cell is over: time to tidy up. */
declare const invalidation: Promise<void>;
/** Fulfilled, with the value if one is given, once the cell's output is in view. */
declare function visibility<T = void>(value?: T): Promise<T>;
/** The width of the page's column in px. */
declare const width: number;
/** The time in ms. A cell that uses it runs with every frame. */
declare const now: number;
declare const dark: boolean;
/** A value that other cells can change through functions of the cell that defines it. */
declare function Mutable<T>(value: T): Percolate.MutableValue<T>;
declare const Generators: Percolate.GeneratorsLibrary;
/** A file beside the notebook. */
declare function FileAttachment(name: string | URL): Percolate.File;
declare const sql: Percolate.Sql;
/** A table of the catalog: await it for its rows. */
declare function table<Name extends keyof Percolate.Tables>(
  name: Name,
): Percolate.TableReference<Percolate.Tables[Name]>;
declare function table(name: string & {}): Percolate.TableReference<Record<string, any>>;
/** What the catalog has. */
declare function tables(): Promise<Percolate.TableInfo[]>;
declare const html: Percolate.Html;
declare const svg: Percolate.Template<SVGElement>;
declare const md: Percolate.Template<HTMLElement>;
declare const tex: Percolate.Template<HTMLElement> & { block: Percolate.Template<HTMLElement> };
declare const dot: Percolate.Template<SVGSVGElement>;
declare const mermaid: Percolate.Template<Promise<SVGSVGElement>>;
declare const htl: Percolate.Htl;
declare const Inputs: Percolate.InputsLibrary;
declare const Plot: typeof import("@observablehq/plot");
declare const d3: typeof import("d3");
declare const aq: typeof import("arquero");
declare const Arrow: typeof import("@uwdata/flechette");
declare const topojson: typeof import("topojson-client");
declare const _: typeof import("lodash");
declare const L: typeof import("leaflet");
declare const echarts: typeof import("echarts");
declare const vl: any;
/** Fulfilled while the rows are gone through, which is shown with share, speed and time left. */
declare function progress<T>(
  items: Iterable<T> | AsyncIterable<T>,
  options?: { label?: string; total?: number },
): AsyncIterable<T> & Iterable<T>;
/** A connection by its name. */
declare function DatabaseClient(name: string): { sql: Percolate.Sql };
declare const Promises: any;
declare const DOM: any;
declare const Files: any;
/** Sample data. */
declare const aapl: any[];
declare const alphabet: any[];
declare const cars: any[];
declare const citywages: any[];
declare const diamonds: any[];
declare const flare: any[];
declare const industries: any[];
declare const miserables: { nodes: any[]; links: any[] };
declare const olympians: any[];
declare const penguins: any[];
declare const pizza: any[];
declare const weather: any[];
declare const React: typeof import("react");
declare const ReactDOM: typeof import("react-dom");
