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
export { findBoard, type Board, type BoardSummary } from "./boards.repo";
export {
  createBoard,
  createBoardInTx,
  deleteBoard,
  getBoard,
  listBoards,
  renameBoard,
  restoreBoard,
} from "./manage-board";
export { exportRecords, importRecords } from "./transfer-records";
