import { z } from "zod";

/** An empty variable counts as unset, so that `PORT= npm start` behaves like `npm start`. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const flag = z.enum(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");

const publicUrl = z
  .string()
  .refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), {
    error: "must be an http or https URL such as https://boards.example.com",
  })
  .refine((value) => !URL.canParse(value) || ["", "/"].includes(new URL(value).pathname), {
    error: "must not have a path: Chalkroom is served from the root of its host",
  })
  .transform((value) => value.replace(/\/+$/, ""));

/** An origin that we ask ourselves, and whose answers decide who gets in: without TLS only on this machine. */
const authority = publicUrl
  .refine((value) => /^https:|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(value), {
    error: "must begin with https://",
    abort: true,
  })
  .refine((value) => URL.canParse(value) && new URL(value).origin === value, {
    error: "must be an origin such as https://login.microsoftonline.com, and nothing more",
  });

const schema = z.object({
  NODE_ENV: optional(z.enum(["development", "production", "test"])),
  PORT: optional(z.coerce.number({ error: "must be a port number" }).int().min(0).max(65535)),
  HOST: optional(z.string()),
  PUBLIC_URL: optional(publicUrl),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, { error: "must start with postgresql://" })),
  DATA_DIR: optional(z.string()),
  APP_SECRET: optional(z.string().min(32, { error: "must have at least 32 characters" })),
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\//, { error: "must start with redis:// or rediss://" })),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, { error: "must start with smtp:// or smtps://" })),
  LOG_LEVEL: optional(z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])),
  METRICS_TOKEN: optional(z.string().min(16, { error: "must have at least 16 characters" })),
  CHALKROOM_ALLOW_TEST_SESSIONS: optional(flag),
  TRUST_PROXY: optional(flag),
  ENTRA_AUTHORITY: optional(authority),
});

/** The settings of this process, checked once. README.md lists every variable. */
export interface Env {
  readonly production: boolean;
  /** TCP port; 0 asks the system for a free one. */
  readonly port: number;
  readonly host: string;
  /** Origin that browsers and the identity provider use, without a trailing slash. */
  readonly publicUrl: string;
  /** Undefined means the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly appSecret: string | undefined;
  readonly redisUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly logLevel: string;
  readonly metricsToken: string | undefined;
  /** Lets the command line make sessions and board pages offer `window.chalkroom`. Never on in production use. */
  readonly allowTestSessions: boolean;
  /** Believe X-Forwarded-For of the proxy in front (for rate limits and logs only). */
  readonly trustProxy: boolean;
  /** Origin that issues Entra's tokens and publishes their keys, without a trailing slash. */
  readonly entraAuthority: string;
}

/** A wrong environment; `problems` has one sentence per variable. */
export class EnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "EnvError";
  }
}

/**
 * Reads and checks the environment.
 * @throws EnvError with all problems at once, so that nobody has to fix them one start at a time.
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));
  }
  const values = parsed.data;
  const port = values.PORT ?? 3000;
  return {
    production: values.NODE_ENV === "production",
    port,
    host: values.HOST ?? "0.0.0.0",
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${port}`,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR ?? ".data",
    appSecret: values.APP_SECRET,
    redisUrl: values.REDIS_URL,
    smtpUrl: values.SMTP_URL,
    logLevel: values.LOG_LEVEL ?? "info",
    metricsToken: values.METRICS_TOKEN,
    allowTestSessions: values.CHALKROOM_ALLOW_TEST_SESSIONS ?? false,
    trustProxy: values.TRUST_PROXY ?? false,
    entraAuthority: values.ENTRA_AUTHORITY ?? "https://login.microsoftonline.com",
  };
}

const NAMES = Object.keys(schema.shape);
let latest: { readonly values: readonly (string | undefined)[]; readonly env: Env } | null = null;

/** The environment of this process. Compared at every call and parsed when it has changed, so never stale. */
export function env(): Env {
  const values = NAMES.map((name) => process.env[name]);
  if (latest === null || values.some((value, index) => value !== latest!.values[index])) {
    latest = { values, env: parseEnv(process.env) };
  }
  return latest.env;
}

/** Sets what later start-up steps found out (the embedded database's URL, the made secret, the real port). */
export function provideEnv(values: {
  readonly databaseUrl?: string;
  readonly appSecret?: string;
  readonly publicUrl?: string;
  readonly port?: number;
}): void {
  if (values.databaseUrl !== undefined) process.env["DATABASE_URL"] = values.databaseUrl;
  if (values.appSecret !== undefined) process.env["APP_SECRET"] = values.appSecret;
  if (values.port !== undefined) process.env["PORT"] = String(values.port);
  if (values.publicUrl !== undefined) process.env["PUBLIC_URL"] = values.publicUrl;
}
