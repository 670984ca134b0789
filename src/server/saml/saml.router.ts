import { AppError } from "#server/kernel/errors";
import { takeToken } from "#server/kernel/rate-limit";
import { permitted, router } from "#server/trpc/init";

import { findConnection, removeConnection, saveConnection, updateConnection } from "./manage-connection";
import { summarizeCertificate } from "./metadata/certificates";
import { fetchMetadata } from "./metadata/fetch-metadata";
import { parseIdpMetadata } from "./metadata/parse-metadata";
import { metadataAddressInput, metadataInput, switchesInput } from "./saml.schema";
import { serviceProviderUrls } from "./service-provider";

// Whoever manages SAML must not make this server a scanner of other networks.
const METADATA_FETCHES = { capacity: 10, refillPerSecond: 1 / 30 };

const manager = permitted("saml:manage");

/** SAML set-up, for administrators. */
export const samlRouter = router({
  get: manager.query(async ({ ctx }) => {
    const connection = await findConnection(ctx.workspace.id);
    return {
      connection: connection && {
        idpEntityId: connection.idpEntityId,
        ssoUrl: connection.ssoUrl,
        certificates: connection.certificates.map(summarizeCertificate),
        allowIdpInitiated: connection.allowIdpInitiated,
        enforced: connection.enforced,
        jitEnabled: connection.jitEnabled,
        updatedAt: connection.updatedAt,
      },
      serviceProvider: serviceProviderUrls(ctx.workspace.id),
    };
  }),

  /** Fetches metadata from the provider's address, for review; saves nothing. */
  fetchMetadata: manager.input(metadataAddressInput).mutation(async ({ ctx, input }) => {
    const wait = takeToken("saml.metadata", ctx.workspace.id, METADATA_FETCHES);
    if (wait > 0) throw new AppError("RATE_LIMITED", `Too many tries. Wait ${wait} seconds and try again.`);
    return { metadataXml: await fetchMetadata(input.url) };
  }),

  /** Reads metadata for review; saves nothing. A mutation because the document is too long for a URL. */
  review: manager.input(metadataInput).mutation(({ input }) => {
    const { idpEntityId, ssoUrl, certificates, warnings } = parseIdpMetadata(input.metadataXml);
    return {
      idpEntityId,
      ssoUrl,
      certificates: certificates.map(summarizeCertificate),
      warnings: [...warnings],
    };
  }),

  save: manager.input(metadataInput.extend(switchesInput.shape)).mutation(async ({ ctx, input }) => {
    const { metadataXml, allowIdpInitiated, enforced, jitEnabled } = input;
    await saveConnection(ctx.scope, ctx.actor, { metadataXml, allowIdpInitiated, enforced, jitEnabled });
  }),

  update: manager.input(switchesInput).mutation(async ({ ctx, input }) => {
    const { allowIdpInitiated, enforced, jitEnabled } = input;
    await updateConnection(ctx.scope, ctx.actor, { allowIdpInitiated, enforced, jitEnabled });
  }),

  remove: manager.mutation(({ ctx }) => removeConnection(ctx.scope, ctx.actor)),
});
