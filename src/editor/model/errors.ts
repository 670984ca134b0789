export type ModelErrorCode =
  "bad_op" | "bad_value" | "too_large" | "unknown_kind" | "unknown_property" | "bad_snapshot";

/** Input that is not a valid part of a board. The message names the place, never repeats the input's content. */
export class ModelError extends Error {
  constructor(
    readonly code: ModelErrorCode,
    message: string,
  ) {
    super(message);
    this.name = "ModelError";
  }
}
