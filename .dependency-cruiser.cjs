/**
 * The import arrows of ARCHITECTURE.md as rules. tests/guards/boundaries.test.ts plants a violation of each
 * and counts the modules, because a cruise that reads nothing reports no violations either.
 */

const { join } = require("node:path");

/** Which other server modules a module may import, always through their index.ts (kernel has none). */
const SERVER_ARROWS = {
  kernel: [],
  db: ["kernel"],
  audit: ["db", "kernel"],
  sessions: ["db", "kernel"],
  workspaces: ["audit", "sessions", "db", "kernel"],
  directory: ["workspaces", "audit", "sessions", "db", "kernel"],
  boards: ["directory", "workspaces", "audit", "sessions", "db", "kernel"],
  scim: ["boards", "directory", "workspaces", "audit", "sessions", "db", "kernel"],
  saml: ["boards", "directory", "workspaces", "audit", "sessions", "db", "kernel"],
  realtime: ["boards", "directory", "workspaces", "audit", "sessions", "db", "kernel"],
  auth: ["saml", "boards", "directory", "workspaces", "audit", "sessions", "db", "kernel"],
  trpc: ["workspaces", "sessions", "db", "kernel"],
  boot: ["db", "kernel"],
  metrics: ["scim", "realtime", "db", "kernel"],
  cli: [
    "boot",
    "auth",
    "scim",
    "saml",
    "boards",
    "directory",
    "workspaces",
    "audit",
    "sessions",
    "db",
    "kernel",
  ],
};

/** What the server reads with the browser: board documents, board files and the wire protocol. */
const SHARED_WITH_EDITOR = "^src/(shared|editor/(model|io))/";

/** math ← model ← geometry ← shapes ← engine ← (render, io, input, actions, sync); the files beside the folders compose them. */
const EDITOR_ARROWS = {
  math: [],
  model: ["math"],
  geometry: ["math", "model"],
  shapes: ["math", "model", "geometry"],
  engine: ["math", "model", "geometry", "shapes"],
  render: ["math", "model", "geometry", "shapes", "engine"],
  io: ["math", "model", "geometry", "shapes"],
  sync: ["math", "model", "engine"],
  input: ["math", "model", "geometry", "shapes", "engine"],
  actions: ["math", "model", "geometry", "shapes", "engine", "input"],
};

/** Names and shapes of what the interface sees; types and constants only, so every upper layer may know it. */
const EDITOR_FACE = "^src/editor/editor-view\\.ts$";

const FRAMEWORKS = "(^|node_modules/)(next|react|react-dom|next-auth|@types/react|@types/react-dom)(/|$)";
const FRAMEWORK_FREE = [
  "kernel",
  "db",
  "directory",
  "scim",
  "saml",
  "boards",
  "realtime",
  "audit",
  "sessions",
  "workspaces",
  "boot",
  "cli",
  "metrics",
];

const forbid = (name, comment, from, to) => ({ name, severity: "error", comment, from, to });

const serverRules = Object.entries(SERVER_ARROWS).map(([module, allowed]) =>
  forbid(
    `server-${module}-arrows`,
    `server/${module} imports only itself${allowed.length > 0 ? ` and ${allowed.join(", ")}` : ""}.`,
    { path: `^src/server/${module}/` },
    {
      path: "^src/",
      pathNot: [
        `^src/server/(${[module, ...allowed].join("|")})/`,
        "^src/generated/",
        SHARED_WITH_EDITOR,
        // Covered by only-root-composes-routers and only-routers-use-trpc below.
        "^src/server/[^/]+/[^/]+\\.router\\.ts$",
        "^src/server/trpc/init\\.ts$",
      ],
    },
  ),
);

const editorRules = Object.entries(EDITOR_ARROWS).map(([layer, allowed]) =>
  forbid(
    `editor-${layer}-arrows`,
    `editor/${layer} imports only itself${allowed.length > 0 ? ` and ${allowed.join(", ")}` : ""}.`,
    { path: `^src/editor/${layer}/` },
    {
      path: "^src/",
      pathNot: [
        `^src/editor/(${[layer, ...allowed].join("|")})/`,
        EDITOR_FACE,
        // The one bridge to the server: the messages that both sides speak.
        ...(layer === "sync" ? ["^src/shared/board-protocol\\.ts$"] : []),
      ],
    },
  ),
);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      "no-circular",
      "Two files that need each other are one file, or miss a third.",
      {},
      { circular: true },
    ),
    forbid("resolvable", "Every import leads somewhere.", {}, { couldNotResolve: true }),
    forbid(
      "no-development-packages",
      "`npm ci --omit=dev` has to be enough to run.",
      { path: "^(src|server\\.ts)" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "listed-packages",
      "What we import stands in our package.json, not in that of a package that may drop it.",
      { path: "^(src|server\\.ts)" },
      { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    ),

    ...serverRules,
    forbid(
      "server-modules-by-their-index",
      "A module's other files are its own affair; kernel's files are all public.",
      { path: "^(src/server/([^/]+)/|src/(app|ui)/|server\\.ts)" },
      {
        path: "^src/server/[^/]+/",
        pathNot: [
          "^src/server/$2/",
          "^src/server/[^/]+/index\\.ts$",
          "^src/server/(kernel|boot)/",
          "^src/server/[^/]+/[^/]+\\.router\\.ts$",
          "^src/server/trpc/",
          // The three doors of server/db for start-up and health, and next-auth's handler, which server.ts must not load.
          "^src/server/db/(health|migrate|embedded/cluster)\\.ts$",
          "^src/server/auth/next-auth\\.ts$",
        ],
      },
    ),
    forbid(
      "only-boot-starts-databases",
      "Start-up and the health route are the only users of these files.",
      { path: "^src/", pathNot: ["^src/server/(boot|db)/", "^src/app/api/health/"] },
      { path: "^src/server/db/(health|migrate|embedded/)" },
    ),
    forbid(
      "only-root-composes-routers",
      "A router is imported by the root router, or by another router.",
      { pathNot: ["^src/server/trpc/root\\.ts$", "\\.router\\.ts$"] },
      { path: "\\.router\\.ts$" },
    ),
    forbid(
      "routers-compose-their-own",
      "A module's router takes in those of its own folders, and no other module's.",
      { path: "^src/server/([^/]+)/.*\\.router\\.ts$" },
      { path: "\\.router\\.ts$", pathNot: "^src/server/$1/[^/]+/" },
    ),
    forbid(
      "only-routers-use-trpc",
      "Use cases know nothing of tRPC; routers know its init only, and only as their way in.",
      { path: "^src/server/", pathNot: ["^src/server/trpc/", "\\.router\\.ts$"] },
      { path: "^src/server/trpc/" },
    ),
    forbid(
      "routers-use-init-only",
      "A router that imported root would be a cycle, one that imported the context would know HTTP.",
      { path: "\\.router\\.ts$" },
      { path: "^src/server/trpc/", pathNot: "^src/server/trpc/init\\.ts$" },
    ),

    forbid(
      "shared-stands-alone",
      "shared is for both sides and knows neither.",
      { path: "^src/shared/" },
      { path: "^src/", pathNot: "^src/shared/" },
    ),
    forbid(
      "editor-stands-alone",
      "The editor runs without a browser, a server or a framework.",
      { path: "^src/editor/" },
      { path: "^src/", pathNot: ["^src/editor/", "^src/shared/board-protocol\\.ts$"] },
    ),
    ...editorRules,
    forbid(
      "ui-arrows",
      "The interface knows the editor and shared, and of the server the types of its procedures.",
      { path: "^src/ui/" },
      { path: "^src/(app|server|generated)/", pathNot: "^src/server/trpc/root\\.ts$" },
    ),
    forbid(
      "ui-types-only",
      "A value import would pull server code into the browser.",
      { path: "^src/ui/" },
      { path: "^src/server/", dependencyTypesNot: ["type-only"] },
    ),
    forbid(
      "app-arrows",
      "Routes parse, call one use case and render: no tables, no editor internals.",
      { path: "^src/app/" },
      { path: "^src/(generated|editor)/", pathNot: "^src/generated/prisma/enums\\.ts$" },
    ),
    forbid(
      "nothing-imports-app",
      "Routes are the outermost ring.",
      { path: "^src/(server|ui|editor|shared)/" },
      { path: "^src/app/" },
    ),
    forbid(
      "server-knows-no-ui",
      "The server renders nothing.",
      { path: "^src/server/" },
      { path: "^src/ui/" },
    ),

    forbid(
      "prisma-in-repositories",
      "Queries live in server/db and *.repo.ts; enums and types may travel.",
      { path: "^(src|server\\.ts)", pathNot: ["^src/server/db/", "\\.repo\\.ts$", "^src/generated/"] },
      {
        path: ["^src/generated/prisma/", "(^|node_modules/)@prisma/"],
        pathNot: "^src/generated/prisma/enums\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "node-saml-in-saml",
      "One module decides which SAML messages count.",
      { path: "^(src|server\\.ts)", pathNot: "^src/server/saml/" },
      { path: "(^|node_modules/)(@node-saml/|xml-crypto/|@xmldom/)" },
    ),
    forbid(
      "next-auth-in-auth",
      "Everything else uses server/sessions.",
      { path: "^(src|server\\.ts)", pathNot: ["^src/server/auth/", "^src/app/api/auth/"] },
      { path: "(^|node_modules/)next-auth(/|$)" },
    ),
    forbid(
      "server-without-frameworks",
      "These modules run in the server's bundle, the command line and tests alike.",
      { path: `^src/server/(${FRAMEWORK_FREE.join("|")})/` },
      { path: FRAMEWORKS },
    ),
    forbid(
      "editor-without-frameworks",
      "The editor draws through the painter it is given.",
      { path: "^src/(editor|shared)/" },
      { path: FRAMEWORKS },
    ),
    forbid(
      "next-auth-loaded-late",
      "server.ts and the command line bundle server/auth too and run outside Next, where next-auth cannot be loaded.",
      { path: "^src/server/" },
      {
        path: FRAMEWORKS,
        dynamic: false,
        dependencyTypesNot: ["type-only"],
        pathNot: "node_modules/next/headers",
      },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, "tsconfig.json") },
    doNotFollow: { path: ["node_modules", "^src/generated/"] },
    exclude: { path: ["\\.test\\.tsx?$", "/testing/", "/test-[a-z-]+\\.ts$", "\\.css$", "^\\.next/"] },
    webpackConfig: { fileName: join(__dirname, "scripts/boundaries-resolve.cjs") },
  },
};
