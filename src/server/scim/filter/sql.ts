/** A piece of SQL with its parameters apart; `strings` has one entry more than `values`. */
export interface SqlFragment {
  readonly strings: readonly string[];
  readonly values: readonly unknown[];
}

const isFragment = (value: unknown): value is SqlFragment =>
  typeof value === "object" && value !== null && "strings" in value && "values" in value;

/** Template tag: fragments are spliced in, everything else becomes a parameter. Text never comes from a request. */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment {
  const parts: string[] = [strings[0]!];
  const parameters: unknown[] = [];
  values.forEach((value, index) => {
    const after = strings[index + 1]!;
    if (!isFragment(value)) {
      parameters.push(value);
      parts.push(after);
      return;
    }
    parts[parts.length - 1] += value.strings[0]!;
    parts.push(...value.strings.slice(1));
    parameters.push(...value.values);
    parts[parts.length - 1] += after;
  });
  return { strings: parts, values: parameters };
}

/** Our own text as SQL: aliases and column names, which cannot be parameters. Never a request's text. */
export function rawSql(text: string): SqlFragment {
  return { strings: [text], values: [] };
}

/** Fragments with a fixed separator between them. */
export function joinSql(fragments: readonly SqlFragment[], separator: string): SqlFragment {
  return fragments
    .slice(1)
    .reduce((joined, next) => sql`${joined}${rawSql(separator)}${next}`, fragments[0]!);
}

export const TRUE: SqlFragment = sql`TRUE`;
export const FALSE: SqlFragment = sql`FALSE`;

/** For tests and logs: the text with $1, $2, … */
export function sqlText(fragment: SqlFragment): string {
  return fragment.strings.reduce((text, part, index) => `${text}$${index}${part}`);
}
