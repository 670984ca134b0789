import { z } from "zod";

const INVISIBLE = /[\p{Cc}\p{Cf}]/u;

const visibleText = (what: string, max: number) =>
  z
    .string()
    .trim()
    .min(1, { error: `${what} is missing.` })
    .max(max, { error: `${what} has at most ${max} characters.` })
    .refine((value) => !INVISIBLE.test(value), { error: `${what} has characters that cannot be shown.` });

const emailAddress = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/, { error: "This is not an e-mail address." });

/** What a workspace and its owner are made of. The slug's form is the one of server/workspaces. */
export const newWorkspaceSchema = z.object({
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, {
    error: "A slug has 1 to 40 lower-case letters, digits and inner hyphens.",
  }),
  name: visibleText("The workspace's name", 80),
  ownerName: visibleText("The owner's name", 120),
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
