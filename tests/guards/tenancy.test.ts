import { describe, expect, it } from "vitest";

import { readSource } from "./source-tree";

/** Models that belong to the installation, not to a workspace. A new one needs a reason to be here. */
const GLOBAL = ["InstanceSetting", "Workspace"];

interface Model {
  readonly name: string;
  readonly lines: readonly string[];
}

function readModels(schema: string): Model[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map((match) => ({
    name: match[1]!,
    lines: match[2]!.split("\n").map((line) => line.trim()),
  }));
}

const hasCompositeKey = (model: Model) => model.lines.includes("@@unique([workspaceId, id])");

/** What would let a row of one workspace belong to, or point into, another. */
function findLeaks(schema: string): string[] {
  const models = readModels(schema);
  const scoped = models.filter(({ name }) => !GLOBAL.includes(name));
  const isScoped = (name: string) => scoped.some((model) => model.name === name);
  return scoped.flatMap((model) => {
    const problems: string[] = [];
    if (!model.lines.some((line) => /^workspaceId\s+String\s.*@db\.Uuid/.test(line))) {
      problems.push(`${model.name} has no workspaceId`);
    }
    if (
      model.lines.some((line) => /^id\s+String\s.*@id\s.*@db\.Uuid/.test(line)) &&
      !hasCompositeKey(model)
    ) {
      problems.push(`${model.name} has no unique (workspaceId, id)`);
    }
    for (const line of model.lines) {
      const relation = /^\w+\s+(\w+)\??\s+@relation\(.*fields: \[([^\]]*)\], references: \[([^\]]*)\]/.exec(
        line,
      );
      if (!relation || !isScoped(relation[1]!)) continue;
      if (!/^workspaceId, \w+$/.test(relation[2]!) || relation[3] !== "workspaceId, id") {
        problems.push(`${model.name} points to ${relation[1]} without the workspace`);
      }
    }
    return problems;
  });
}

const CHILD = (fields: string, references: string) => `
model Board {
  id          String @id @db.Uuid
  workspaceId String @db.Uuid
  @@unique([workspaceId, id])
}

model Child {
  id          String @id @db.Uuid
  workspaceId String @db.Uuid
  boardId     String @db.Uuid
  board       Board  @relation(fields: [${fields}], references: [${references}])
  @@unique([workspaceId, id])
}
`;

describe("the schema", () => {
  const schema = readSource("prisma/schema.prisma");

  it("keeps every row inside its workspace", () => {
    expect(readModels(schema).length).toBeGreaterThan(10);
    expect(findLeaks(schema)).toEqual([]);
  });

  it("lists no global model that is not there", () => {
    const names = readModels(schema).map(({ name }) => name);
    expect(GLOBAL.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe("a schema that leaks", () => {
  it("is caught when a model has no workspace", () => {
    expect(findLeaks("model Loose {\n  id String @id @db.Uuid\n}\n")).toEqual([
      "Loose has no workspaceId",
      "Loose has no unique (workspaceId, id)",
    ]);
  });

  it("is caught when a relation leaves the workspace out", () => {
    expect(findLeaks(CHILD("boardId", "id"))).toEqual(["Child points to Board without the workspace"]);
    expect(findLeaks(CHILD("workspaceId, boardId", "workspaceId, id"))).toEqual([]);
  });
});
