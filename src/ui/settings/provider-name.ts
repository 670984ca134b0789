/** Where a provider's entity id begins or what host it has, and what people call the provider. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [
    /^https:\/\/(sts\.windows\.net|sts\.chinacloudapi\.cn|login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)\//i,
    "Entra",
  ],
  [/^https?:\/\/([a-z0-9-]+\.)*(okta|oktapreview|okta-emea)\.com\//i, "Okta"],
  [/^https:\/\/([a-z0-9-]+\.)*onelogin\.com\//i, "OneLogin"],
  [/^https:\/\/([a-z0-9-]+\.)*(pingone\.[a-z.]+|pingidentity\.com)\//i, "Ping"],
  [/^https:\/\/([a-z0-9-]+\.)*jumpcloud\.com(\/|$)/i, "JumpCloud"],
  [/^https:\/\/accounts\.google\.com\//i, "Google"],
];

/** What an identity provider is called at the start of a sentence, by its SAML entity id. */
export function providerName(entityId: string | null | undefined): string {
  const known = PROVIDERS.find(([pattern]) => entityId && pattern.test(entityId));
  return known ? known[1] : "The identity provider";
}

/** The same inside a sentence: "the identity provider" is a description and no name. */
export function inSentence(provider: string): string {
  return provider.startsWith("The ") ? provider.replace("The ", "the ") : provider;
}
