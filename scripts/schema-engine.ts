/**
 * Prisma's schema engine as WebAssembly, for contributors' commands and the drift check.
 * The Prisma CLI would download a native engine instead, which fails on closed networks
 * (docs/decisions/0002-migrations-without-native-engine.md).
 */
import { readFile } from "node:fs/promises";

import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";

/** What the glue module has beside its types: the setter that hands it the instance's exports. */
interface WasmGlue {
  readonly __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
  readonly SchemaEngine: typeof SchemaEngine;
}

/** Opens an engine on a database. `diff` needs one even between two files; it never writes. */
export async function openSchemaEngine(databaseUrl: string): Promise<SchemaEngine> {
  const glueUrl = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const glue = (await import(glueUrl)) as WasmGlue;
  const bytes = await readFile(new URL("schema_engine_bg.wasm", glueUrl));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  return glue.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
}
