export {
  addGroupMembers,
  createGroup,
  deleteGroup,
  getGroupForUpdate,
  removeGroupMembers,
  replaceGroupMembers,
  updateGroup,
} from "./manage-group";
export { findGroup, listGroups, type Group, type GroupValues } from "./groups.repo";
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
  type MemberKey,
  type MemberListItem,
  type MemberValues,
} from "./members.repo";
