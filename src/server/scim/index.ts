export { handleScim } from "./handle-scim";
export {
  disableScim,
  enableScim,
  getScimStatus,
  revealToken,
  rotateToken,
  scimConnectionInfo,
} from "./manage-connection";
export { normalizeScimUrl } from "./url";
