export {
  createFirstWorkspace,
  createWorkspaceWithOwner,
  isSetupNeeded,
  issueSetupCode,
} from "./create-workspace";
export { auth, handleNextAuth } from "./next-auth";
export { findSignInOptions } from "./sign-in-options";
