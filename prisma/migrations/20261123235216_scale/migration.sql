-- CreateEnum
CREATE TYPE "ResourceKind" AS ENUM ('member', 'group');

-- DropIndex
DROP INDEX "Member_workspaceId_createdAt_id_idx";

-- CreateTable
CREATE TABLE "ResourceTally" (
    "id" BIGSERIAL NOT NULL,
    "workspaceId" UUID NOT NULL,
    "kind" "ResourceKind" NOT NULL,
    "change" INTEGER NOT NULL,

    CONSTRAINT "ResourceTally_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ResourceTally_workspaceId_kind_idx" ON "ResourceTally"("workspaceId", "kind");

-- AddForeignKey
ALTER TABLE "ResourceTally" ADD CONSTRAINT "ResourceTally_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Below: what Prisma cannot express. Reasons in docs/decisions/0012-scale.md.

-- One collation for equality, prefixes, ranges and sorting, so that one index serves all four.
ALTER TABLE "Member"
    ALTER COLUMN "userNameLower" TYPE TEXT COLLATE "C",
    ALTER COLUMN "externalId" TYPE TEXT COLLATE "C",
    ALTER COLUMN "emailLower" TYPE TEXT COLLATE "C";
ALTER TABLE "Group"
    ALTER COLUMN "displayNameLower" TYPE TEXT COLLATE "C",
    ALTER COLUMN "externalId" TYPE TEXT COLLATE "C";
DROP INDEX "Member_displayName_pattern_idx";
CREATE INDEX "Member_displayName_pattern_idx" ON "Member"("workspaceId", (lower("displayName") COLLATE "C"));

-- Pages in order of creation; without the tombstones an offset is a walk over this index alone.
CREATE INDEX "Member_workspaceId_createdAt_id_living_idx" ON "Member"("workspaceId", "createdAt", "id") WHERE "deletedAt" IS NULL;

-- Every simple value anywhere in a JSON value, folded and cut, so that one index finds any attribute by its value.
CREATE FUNCTION scim_texts(attributes JSONB) RETURNS TEXT[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(
        SELECT lower(left(found #>> '{}', 200)) FROM jsonb_path_query(attributes, 'strict $.**') AS found
        WHERE jsonb_typeof(found) IN ('string', 'number', 'boolean')
    );
-- Without the pending list: a look-up must not pay for the writes before it.
CREATE INDEX "Member_scimAttributes_texts_idx" ON "Member" USING GIN (scim_texts("scimAttributes")) WITH (fastupdate = off);

-- Walking the index alone needs a fresh visibility map, and estimates need fresh statistics, long before a fifth of the table has changed.
ALTER TABLE "Member" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "ResourceTally" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Exact totals: changes are appended, and one writer in fifty folds what nobody else is folding.
CREATE FUNCTION resource_tally_append(workspace UUID, resource "ResourceKind", difference INTEGER) RETURNS VOID
    LANGUAGE plpgsql AS $$
BEGIN
    -- Nothing to count in a workspace whose own deletion took the rows.
    INSERT INTO "ResourceTally" ("workspaceId", "kind", "change")
    SELECT workspace, resource, difference WHERE EXISTS (SELECT 1 FROM "Workspace" WHERE "id" = workspace);
    IF FOUND AND random() < 0.02 THEN
        WITH older AS (
            DELETE FROM "ResourceTally" WHERE "id" IN (
                SELECT "id" FROM "ResourceTally" WHERE "workspaceId" = workspace AND "kind" = resource
                FOR UPDATE SKIP LOCKED
            )
            RETURNING "change"
        )
        INSERT INTO "ResourceTally" ("workspaceId", "kind", "change")
        SELECT workspace, resource, sum("change") FROM older HAVING count(*) > 0;
    END IF;
END $$;

CREATE FUNCTION resource_tally_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
    sign INTEGER := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    IF TG_TABLE_NAME = 'Member' THEN
        PERFORM resource_tally_append("workspaceId", 'member', sign * count(*)::INTEGER)
        FROM changed WHERE "deletedAt" IS NULL GROUP BY "workspaceId";
    ELSE
        PERFORM resource_tally_append("workspaceId", 'group', sign * count(*)::INTEGER)
        FROM changed GROUP BY "workspaceId";
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION resource_tally_buried() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM resource_tally_append(NEW."workspaceId", 'member', CASE WHEN NEW."deletedAt" IS NULL THEN 1 ELSE -1 END);
    RETURN NULL;
END $$;

CREATE TRIGGER "Member_tally_added" AFTER INSERT ON "Member" REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION resource_tally_changed();
CREATE TRIGGER "Member_tally_removed" AFTER DELETE ON "Member" REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION resource_tally_changed();
CREATE TRIGGER "Member_tally_buried" AFTER UPDATE ON "Member"
    FOR EACH ROW WHEN ((OLD."deletedAt" IS NULL) <> (NEW."deletedAt" IS NULL)) EXECUTE FUNCTION resource_tally_buried();
CREATE TRIGGER "Group_tally_added" AFTER INSERT ON "Group" REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION resource_tally_changed();
CREATE TRIGGER "Group_tally_removed" AFTER DELETE ON "Group" REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION resource_tally_changed();

-- What is there already.
INSERT INTO "ResourceTally" ("workspaceId", "kind", "change")
SELECT "workspaceId", 'member'::"ResourceKind", count(*) FROM "Member" WHERE "deletedAt" IS NULL GROUP BY 1
UNION ALL
SELECT "workspaceId", 'group'::"ResourceKind", count(*) FROM "Group" GROUP BY 1;
