export { boardAccess } from "./board-access";
export {
  appendBatches,
  listBoardHeads,
  listLoggedBatches,
  loadBoardState,
  saveSnapshot,
  type AppendOutcome,
  type BoardBatch,
  type BoardState,
  type LoggedBatch,
} from "./board-log.repo";
export { findBoard } from "./boards.repo";
export { createBoard, createBoardInTx, deleteBoard, listBoards } from "./manage-board";
export { exportRecords, importRecords } from "./transfer-records";
