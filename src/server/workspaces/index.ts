export { createWorkspace, getWorkspaceById, getWorkspaceBySlug, slugFromName } from "./manage-workspace";
export { can, requirePermission, type Permission } from "./permissions";
export {
  findFirstWorkspace,
  findWorkspaceById,
  findWorkspaceBySlug,
  getWorkspaceInScope,
  lockWorkspace,
  updateWorkspaceRow,
  type Workspace,
} from "./workspaces.repo";
