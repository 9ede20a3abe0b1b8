import { type messages, type PGlite, protocol, types } from '@electric-sql/pglite';

interface Prepared {
  readonly name: string;
  readonly parameters: readonly number[];
  readonly fields: readonly messages.Field[];
}

/** More texts than the program has; what is made of lists of any length would otherwise fill the memory. */
const mostKept = 500;

/**
 * Statements under names, so that each text is parsed and planned once and not at every call as by PGlite's own `query`:
 * with row-level security in every plan that is nine tenths of a small query. Values and rows are read as PGlite reads them.
 */
export class Statements {
  readonly #db: PGlite;
  readonly #kept = new Map<string, Prepared>();
  #count = 0;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async run(text: string, values: readonly unknown[]): Promise<{ rows: unknown[]; count: number }> {
    const { name, parameters, fields } = this.#kept.get(text) ?? (await this.#prepare(text));
    const written = values.map((value, i) => this.#written(value, parameters[i]!));
    const said = await this.#send([
      protocol.serialize.bind({ statement: name, values: written }),
      protocol.serialize.execute({}),
    ]);
    const rows = said
      .filter((m): m is messages.DataRowMessage => m.name === 'dataRow')
      .map((m) =>
        Object.fromEntries(
          fields.map((f, i) => [f.name, types.parseType(m.fields[i] ?? null, f.dataTypeID, this.#db.parsers)]),
        ),
      );
    const done = said.find((m): m is messages.CommandCompleteMessage => m.name === 'commandComplete');
    // `INSERT 0 5`, `UPDATE 3`, `SELECT 2`: a tag that counts ends in its number.
    const count = Number(done?.text.split(' ').at(-1));
    return { rows, count: Number.isNaN(count) ? rows.length : count };
  }

  /** After tables were changed: what was planned for the former ones is planned anew. */
  async forget(): Promise<void> {
    this.#kept.clear();
    await this.#db.exec('DEALLOCATE ALL');
  }

  async #prepare(text: string): Promise<Prepared> {
    if (this.#kept.size >= mostKept) await this.#close([...this.#kept.keys()].slice(0, mostKept / 10));
    const name = `w${this.#count++}`;
    const said = await this.#send([
      protocol.serialize.parse({ name, text }),
      protocol.serialize.describe({ type: 'S', name }),
    ]);
    const parameters = said.find((m): m is messages.ParameterDescriptionMessage => m.name === 'parameterDescription');
    const row = said.find((m): m is messages.RowDescriptionMessage => m.name === 'rowDescription');
    const prepared = { name, parameters: parameters?.dataTypeIDs ?? [], fields: row?.fields ?? [] };
    this.#kept.set(text, prepared);
    return prepared;
  }

  async #close(texts: readonly string[]): Promise<void> {
    const names = texts.map((text) => this.#kept.get(text)!.name);
    for (const text of texts) this.#kept.delete(text);
    await this.#send(names.map((name) => protocol.serialize.close({ type: 'S', name })));
  }

  #written(value: unknown, type: number): string | null {
    if (value === null || value === undefined) return null;
    const write = this.#db.serializers[type];
    return write ? write(value) : String(value);
  }

  /** One message of them all, ended by a sync: after a failure the session is ready for the next. */
  #send(parts: readonly Uint8Array[]): Promise<messages.BackendMessage[]> {
    const all = Buffer.concat([...parts, protocol.serialize.sync()]);
    return this.#db.runExclusive(() => this.#db.execProtocolStream(all));
  }
}
