import { openCatalog } from "../../../kernel/catalog/catalog.ts";
import type { TableDefinition } from "../../../kernel/catalog/table.ts";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";

// A process of its own: writes COUNT tables PREFIX_0 … to the catalog in FOLDER, and with each of them, in the same
// transaction, adds one to the row count of the table "counter".
const [folder = "", prefix = "", count = "0"] = process.argv.slice(2);
const catalog = openCatalog(workspaceAt(folder));

function table(name: string, rowCount: number): TableDefinition {
  return {
    database: "main",
    name,
    format: "csv",
    options: {},
    columns: [{ name: "id", type: "BIGINT", partition: false }],
    files: [],
    rowCount,
    bytes: 0,
    version: 0,
    updatedAt: "",
    source: null,
    reasons: [],
  };
}

for (let i = 0; i < Number(count); i++) {
  catalog.commitTables((tables) => {
    const counted = tables.find(({ name }) => name === "counter")?.rowCount ?? 0;
    return { put: [table(`${prefix}_${i}`, 0), table("counter", counted + 1)], remove: [] };
  });
  console.log(i);
}
catalog.close();
