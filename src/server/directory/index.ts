export { changeGroupMembers, createGroup, deleteGroup, getGroupForUpdate, updateGroup } from "./manage-group";
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
  findTombstones,
  listMembers,
  type Member,
  type MemberKey,
  type MemberValues,
} from "./members.repo";
export { purgeThrowAways } from "./purge-throw-aways";
export { countThrowAways, type ThrowAwayMarks } from "./throw-away.repo";
