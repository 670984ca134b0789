import { z } from "zod";

import { MAX_METADATA_BYTES } from "./metadata/parse-metadata";

export const metadataInput = z.object({ metadataXml: z.string().min(1).max(MAX_METADATA_BYTES) });

export const metadataAddressInput = z.object({ url: z.string().trim().min(1).max(2048) });

export const switchesInput = z.object({
  allowIdpInitiated: z.boolean().optional(),
  enforced: z.boolean().optional(),
  jitEnabled: z.boolean().optional(),
});
