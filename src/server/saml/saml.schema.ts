import { z } from "zod";

import { MAX_METADATA_BYTES } from "./metadata/parse-metadata";

export const metadataInput = z.object({ metadataXml: z.string().min(1).max(MAX_METADATA_BYTES) });

export const switchesInput = z.object({
  allowIdpInitiated: z.boolean().optional(),
  enforced: z.boolean().optional(),
  jitEnabled: z.boolean().optional(),
});
