// What the columns of a table mean, as formats/table-mapping.md has it, and what a person changes in it.

export interface From {
  readonly column?: string;
  readonly always?: string;
  readonly words?: Readonly<Record<string, string>>;
  readonly clock?: string;
  readonly why?: string;
}

export type Fields = Readonly<Record<string, From>>;

export interface Mapping {
  readonly mapping: 1;
  readonly sheet?: string;
  readonly header_row?: number;
  readonly dates?: string;
  readonly clock?: string;
  readonly fields: Fields;
  readonly counts?: readonly Fields[];
  readonly leave_out?: readonly { readonly column: string; readonly words: readonly string[] }[];
  readonly same_rows?: string;
}

const numbers = ['quantity', 'low', 'high'];

/** Where a column went: a field of the row, or of one of its counts. */
export interface Taken {
  readonly field: string;
  readonly from: From;
  /** Which of several counts it is; undefined for a field of the whole row. */
  readonly count?: number;
}

export function takenBy(mapping: Mapping, column: string): Taken | undefined {
  const is = (from: From): boolean => from.column?.toLowerCase() === column.toLowerCase();
  for (const [field, from] of Object.entries(mapping.fields)) if (is(from)) return { field, from };
  for (const [count, fields] of (mapping.counts ?? []).entries()) for (const [field, from] of Object.entries(fields)) if (is(from)) return { field, from, count };
  return undefined;
}

const without = (fields: Fields, drop: (field: string, from: From) => boolean): Fields => Object.fromEntries(Object.entries(fields).filter(([field, from]) => !drop(field, from)));

function withCounts(mapping: Mapping, fields: Fields, counts: readonly Fields[]): Mapping {
  const { counts: _, ...rest } = mapping;
  return { ...rest, fields, ...(counts.length > 0 ? { counts } : {}) };
}

/** The column stands for this field and no other; for none where the field is empty. A second number becomes a count of its own. */
export function assigned(mapping: Mapping, column: string, field: string): Mapping {
  const itself = (_: string, from: From): boolean => from.column?.toLowerCase() === column.toLowerCase();
  let fields = without(mapping.fields, itself);
  let counts = (mapping.counts ?? []).map((c) => without(c, itself)).filter((c) => numbers.some((n) => c[n]));
  if (!field) return withCounts(mapping, fields, counts);
  if (field === 'quantity' && (counts.length > 0 || fields['quantity']?.column)) {
    if (counts.length === 0) {
      counts = [Object.fromEntries(Object.entries(fields).filter(([name]) => numbers.includes(name)))];
      fields = without(fields, (name) => numbers.includes(name));
    }
    return withCounts(mapping, fields, [...counts, { quantity: { column }, category: { always: column } }]);
  }
  return withCounts(mapping, { ...fields, [field]: { column } }, counts);
}

/** One value for all rows; none where it is empty. */
export function always(mapping: Mapping, field: string, value: string): Mapping {
  const fields = without(mapping.fields, (name) => name === field);
  return { ...mapping, fields: value ? { ...fields, [field]: { always: value } } : fields };
}

/** Who or what one of several counts is of. */
export const countedAs = (mapping: Mapping, count: number, category: string): Mapping => ({
  ...mapping,
  counts: (mapping.counts ?? []).map((c, i) => (i === count ? { ...without(c, (name) => name === 'category'), ...(category ? { category: { always: category } } : {}) } : c)),
});

/** What a word of the column means in the list's own words. */
export function means(mapping: Mapping, field: string, word: string, value: string): Mapping {
  const from = mapping.fields[field]!;
  const words = { ...from.words };
  if (value) words[word] = value;
  else delete words[word];
  return { ...mapping, fields: { ...mapping.fields, [field]: { ...from, words } } };
}

export function withDates(mapping: Mapping, dates: string): Mapping {
  const { dates: _, ...rest } = mapping;
  return dates ? { ...rest, dates } : rest;
}

/** The needed fields that no column gives: they take one value for all rows. */
export const saidForAll = (mapping: Mapping, needed: readonly string[]): readonly string[] => {
  const counted = (field: string): boolean => (mapping.counts ?? []).length > 0 && mapping.counts!.every((c) => c[field]);
  const asked = needed.filter((field) => !mapping.fields[field]?.column && !counted(field));
  const more = Object.keys(mapping.fields).filter((field) => mapping.fields[field]!.always !== undefined && !needed.includes(field));
  return [...asked, ...more];
};
