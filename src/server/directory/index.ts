export {
  addGroupMembers,
  createGroup,
  deleteGroup,
  getGroupForUpdate,
  removeGroupMembers,
  replaceGroupMembers,
  updateGroup,
} from "./manage-group";
export { findGroup, type Group } from "./groups.repo";
export {
  createMember,
  deactivateMember,
  deleteMember,
  getMemberForUpdate,
  reactivateMember,
  setMemberRole,
  updateMember,
  type NewMember,
} from "./manage-member";
export {
  comparable,
  countScimManaged,
  findMember,
  findMembers,
  findPasswordMembers,
  listMembers,
  type Member,
  type MemberValues,
} from "./members.repo";
