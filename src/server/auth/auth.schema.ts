import { z } from "zod";

import { hasInvisible } from "#server/kernel/storable";

const ownersName = z
  .string()
  .trim()
  .min(1, { error: "The owner's name is missing." })
  .max(120, { error: "The owner's name has at most 120 characters." })
  .refine((value) => !hasInvisible(value), {
    error: "The owner's name has characters that cannot be shown.",
  });

const emailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/, { error: "This is not an e-mail address." });

/** What a workspace's first owner is made of. */
export const ownerSchema = z.object({
  ownerName: ownersName,
  ownerEmail: emailAddress,
});

export const setupInput = z.object({
  code: z.string().max(100),
  workspaceName: z.string().max(200),
  ownerName: z.string().max(200),
  ownerEmail: z.string().max(300),
  password: z.string().max(1000),
});

export const passwordInput = z.object({
  email: z.string().max(300),
  password: z.string().max(1000),
  workspaceSlug: z.string().max(60).optional(),
});
