-- CreateEnum
CREATE TYPE "ScimTokenKind" AS ENUM ('pasted', 'issued', 'self_test');

-- CreateEnum
CREATE TYPE "ScimClientProof" AS ENUM ('secret', 'federated');

-- CreateEnum
CREATE TYPE "ScimOutcome" AS ENUM ('done', 'unchanged', 'refused', 'failed');

-- AlterTable
ALTER TABLE "ScimToken" ADD COLUMN     "clientId" UUID,
ADD COLUMN     "kind" "ScimTokenKind" NOT NULL DEFAULT 'pasted',
ALTER COLUMN "ciphertext" DROP NOT NULL;

-- CreateTable
CREATE TABLE "ScimClient" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "proof" "ScimClientProof" NOT NULL,
    "entraTenantId" UUID,
    "subject" TEXT,
    "audience" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ScimClient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScimClientSecret" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "clientId" UUID NOT NULL,
    "secretHash" TEXT NOT NULL,
    "lastFour" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ScimClientSecret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScimExchange" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "durationMs" DOUBLE PRECISION NOT NULL,
    "tokenId" UUID,
    "tokenKind" "ScimTokenKind" NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "outcome" "ScimOutcome" NOT NULL,
    "scimType" TEXT,
    "detail" TEXT,
    "action" TEXT NOT NULL,
    "isWrite" BOOLEAN NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "subjectIds" UUID[],
    "requestBody" TEXT,
    "answerBody" TEXT,

    CONSTRAINT "ScimExchange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ScimActivity" (
    "workspaceId" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "reads" INTEGER NOT NULL DEFAULT 0,
    "writes" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "lastRequestAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSuccessAt" TIMESTAMPTZ(3),

    CONSTRAINT "ScimActivity_pkey" PRIMARY KEY ("workspaceId","hour")
);

-- CreateIndex
CREATE INDEX "ScimClient_workspaceId_createdAt_idx" ON "ScimClient"("workspaceId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ScimClient_workspaceId_id_key" ON "ScimClient"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ScimClientSecret_workspaceId_clientId_idx" ON "ScimClientSecret"("workspaceId", "clientId");

-- CreateIndex
CREATE UNIQUE INDEX "ScimClientSecret_workspaceId_id_key" ON "ScimClientSecret"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ScimExchange_workspaceId_isWrite_id_idx" ON "ScimExchange"("workspaceId", "isWrite", "id");

-- CreateIndex
CREATE INDEX "ScimExchange_workspaceId_outcome_id_idx" ON "ScimExchange"("workspaceId", "outcome", "id");

-- CreateIndex
CREATE INDEX "ScimExchange_subjectIds_idx" ON "ScimExchange" USING GIN ("subjectIds");

-- CreateIndex
CREATE UNIQUE INDEX "ScimExchange_workspaceId_id_key" ON "ScimExchange"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "ScimToken_workspaceId_clientId_idx" ON "ScimToken"("workspaceId", "clientId");

-- CreateIndex
CREATE INDEX "ScimToken_expiresAt_idx" ON "ScimToken"("expiresAt");

-- AddForeignKey
ALTER TABLE "ScimToken" ADD CONSTRAINT "ScimToken_workspaceId_clientId_fkey" FOREIGN KEY ("workspaceId", "clientId") REFERENCES "ScimClient"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScimClient" ADD CONSTRAINT "ScimClient_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScimClientSecret" ADD CONSTRAINT "ScimClientSecret_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScimClientSecret" ADD CONSTRAINT "ScimClientSecret_workspaceId_clientId_fkey" FOREIGN KEY ("workspaceId", "clientId") REFERENCES "ScimClient"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScimExchange" ADD CONSTRAINT "ScimExchange_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ScimActivity" ADD CONSTRAINT "ScimActivity_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
