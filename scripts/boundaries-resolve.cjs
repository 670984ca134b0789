/**
 * How dependency-cruiser finds `#server/x`, `#ui/y`: it reads this as a webpack configuration. Its own reading of
 * package.json's "imports" stops at the first pattern (*.ts), so that every component (*.tsx) would be lost.
 */
const { join } = require("node:path");

const FOLDERS = ["app", "server", "editor", "ui", "shared", "generated"];

module.exports = {
  resolve: {
    alias: Object.fromEntries(FOLDERS.map((folder) => [`#${folder}`, join(process.cwd(), "src", folder)])),
    extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    conditionNames: ["import", "require", "node", "default", "types"],
    exportsFields: ["exports"],
  },
};
