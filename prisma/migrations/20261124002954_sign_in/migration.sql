-- CreateEnum
CREATE TYPE "SamlState" AS ENUM ('draft', 'tested', 'on', 'enforced');

-- CreateEnum
CREATE TYPE "SamlKeyPurpose" AS ENUM ('signing', 'decryption');

-- CreateEnum
CREATE TYPE "SamlRequestKind" AS ENUM ('login', 'test', 'confirm');

-- CreateEnum
CREATE TYPE "SignInOutcome" AS ENUM ('accepted', 'refused', 'tested');

-- CreateEnum
CREATE TYPE "ChallengePurpose" AS ENUM ('second_factor', 'passkey_registration', 'passkey_sign_in', 'password_reset');

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "address" TEXT,
ADD COLUMN     "userAgent" TEXT;

-- AlterTable
ALTER TABLE "SamlConnection" ADD COLUMN     "acceptEncrypted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "metadataCheckedAt" TIMESTAMPTZ(3),
ADD COLUMN     "metadataProblem" TEXT,
ADD COLUMN     "metadataUrl" TEXT,
ADD COLUMN     "signRequests" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sloUrl" TEXT,
ADD COLUMN     "state" "SamlState" NOT NULL DEFAULT 'on';

-- What was required before is required still.
UPDATE "SamlConnection" SET "state" = 'enforced' WHERE "enforced";
ALTER TABLE "SamlConnection" DROP COLUMN "enforced";

-- AlterTable
ALTER TABLE "SamlRequest" ADD COLUMN     "browserHash" TEXT,
ADD COLUMN     "kind" "SamlRequestKind" NOT NULL DEFAULT 'login',
ADD COLUMN     "memberId" UUID;

-- CreateTable
CREATE TABLE "SamlKey" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "purpose" "SamlKeyPurpose" NOT NULL,
    "certificatePem" TEXT NOT NULL,
    "fingerprintSha256" TEXT NOT NULL,
    "privateKey" BYTEA NOT NULL,
    "notAfter" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "SamlKey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SamlSignIn" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "ref" TEXT NOT NULL,
    "outcome" "SignInOutcome" NOT NULL,
    "reason" TEXT,
    "detail" TEXT,
    "memberId" UUID,
    "testedById" UUID,
    "startedBy" TEXT,
    "claims" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "SamlSignIn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VerifiedDomain" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "verified" TEXT,
    "verifiedAt" TIMESTAMPTZ(3),
    "verifiedBy" TEXT,
    "checkedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VerifiedDomain_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TotpSecret" (
    "memberId" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "secret" BYTEA NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3),
    "lastStep" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "TotpSecret_pkey" PRIMARY KEY ("memberId")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "credentialId" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL DEFAULT 0,
    "transports" TEXT[],
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuthChallenge" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "memberId" UUID,
    "purpose" "ChallengePurpose" NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "challenge" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdById" UUID,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuthChallenge_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SamlKey_workspaceId_purpose_createdAt_idx" ON "SamlKey"("workspaceId", "purpose", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "SamlKey_workspaceId_id_key" ON "SamlKey"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SamlSignIn_workspaceId_id_key" ON "SamlSignIn"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SamlSignIn_workspaceId_ref_key" ON "SamlSignIn"("workspaceId", "ref");

-- CreateIndex
CREATE UNIQUE INDEX "VerifiedDomain_verified_key" ON "VerifiedDomain"("verified");

-- CreateIndex
CREATE UNIQUE INDEX "VerifiedDomain_workspaceId_id_key" ON "VerifiedDomain"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "VerifiedDomain_workspaceId_domain_key" ON "VerifiedDomain"("workspaceId", "domain");

-- CreateIndex
CREATE UNIQUE INDEX "TotpSecret_workspaceId_memberId_key" ON "TotpSecret"("workspaceId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey"("credentialId");

-- CreateIndex
CREATE INDEX "Passkey_workspaceId_memberId_idx" ON "Passkey"("workspaceId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_workspaceId_id_key" ON "Passkey"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "RecoveryCode_workspaceId_memberId_idx" ON "RecoveryCode"("workspaceId", "memberId");

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_workspaceId_id_key" ON "RecoveryCode"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuthChallenge_tokenHash_key" ON "AuthChallenge"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "AuthChallenge_workspaceId_id_key" ON "AuthChallenge"("workspaceId", "id");

-- CreateIndex
CREATE INDEX "AuthChallenge_expiresAt_idx" ON "AuthChallenge"("expiresAt");

-- CreateIndex
CREATE INDEX "AuthChallenge_workspaceId_memberId_idx" ON "AuthChallenge"("workspaceId", "memberId");

-- AddForeignKey
ALTER TABLE "SamlKey" ADD CONSTRAINT "SamlKey_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SamlSignIn" ADD CONSTRAINT "SamlSignIn_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VerifiedDomain" ADD CONSTRAINT "VerifiedDomain_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TotpSecret" ADD CONSTRAINT "TotpSecret_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthChallenge" ADD CONSTRAINT "AuthChallenge_workspaceId_memberId_fkey" FOREIGN KEY ("workspaceId", "memberId") REFERENCES "Member"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
