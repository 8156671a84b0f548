/** Which columns hold sealed text, and what each is sealed under. Filled by the capabilities as they load, beside the words they seal. */

/** A value of a row: part of its key, or of what its text is bound to. */
export type Cell = string | number | null;

export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The rest of the primary key behind community_id, in its order. */
  readonly key: readonly string[];
  /** What the text is bound to: the same context it was sealed under. `row` has the key and what `alsoOf` names. */
  readonly contextOf: (communityId: string, row: Readonly<Record<string, Cell>>) => string;
  /** Columns beside the key that the context is made of. */
  readonly alsoOf?: readonly string[];
  /** How many rows are read at once, where one may be long; otherwise as many as a batch takes. */
  readonly atOnce?: number;
  /** A version of the row that moves with every change: whoever edits it at the same time is told, as by any other change. */
  readonly version?: string;
  /** What a column must say for the row to be one that can still change; the text of others is never opened again. */
  readonly whileIs?: readonly [column: string, value: string];
}

const columns = new Map<string, SealedColumn>();

export const nameOf = ({ table, column }: Pick<SealedColumn, "table" | "column">): string => `${table}.${column}`;

const WORD = /^[a-z][a-z_]*$/;

/** Makes a sealed column known; once per isolate, at load time. A column that is not known stays under the key it was written with. */
export function registerSealed(sealed: SealedColumn): void {
  const words = [
    sealed.table,
    sealed.column,
    ...sealed.key,
    ...(sealed.alsoOf ?? []),
    sealed.version,
    sealed.whileIs?.[0],
  ];
  const odd = words.find((word) => word !== undefined && !WORD.test(word));
  if (odd !== undefined) throw new TypeError(`"${odd}" is not the name of a table or column`);
  const name = nameOf(sealed);
  if (columns.has(name)) throw new TypeError(`${name} is sealed twice`);
  columns.set(name, sealed);
}

/** All of them, in an order that does not depend on what was loaded first. */
export const listSealedColumns = (): SealedColumn[] =>
  [...columns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sealed]) => sealed);
