import { z } from "zod";

import { MAX_OVERLAP_HOURS, MAX_SECRET_DAYS, MAX_TOKEN_DAYS } from "./lifetime";

const overlapHours = z.int().min(0).max(MAX_OVERLAP_HOURS).optional();
const name = z.string().trim().min(1).max(80);
const id = z.uuid().toLowerCase();

export const rotateInput = z.object({
  overlapHours,
  expiresInDays: z.int().min(1).max(MAX_TOKEN_DAYS).nullable().optional(),
});

export const tokenInput = z.object({ tokenId: id });
export const clientInput = z.object({ clientId: id });
export const newClientInput = z.object({ name });

export const federatedClientInput = z.object({
  name,
  entraTenantId: z.string().trim().pipe(id),
  subject: z.string().trim().min(1).max(255),
  audience: z.string().trim().min(1).max(255).optional(),
});

export const newSecretInput = z.object({
  clientId: id,
  overlapHours,
  expiresInDays: z.int().min(1).max(MAX_SECRET_DAYS).optional(),
});

export const secretInput = z.object({ clientId: id, secretId: id });
