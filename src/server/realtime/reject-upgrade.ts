import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

import type { AppError } from "#server/kernel/errors";

/** Answers an upgrade request with a plain HTTP refusal and ends the connection. */
export function rejectUpgrade(socket: Duplex, error: AppError): void {
  const body = JSON.stringify({ error: error.message, code: error.code });
  const head = [
    `HTTP/1.1 ${error.httpStatus} ${STATUS_CODES[error.httpStatus] ?? "Error"}`,
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    "Cache-Control: no-store",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(error.httpStatus === 503 ? ["Retry-After: 1"] : []),
  ];
  // A peer that never reads would keep the socket for ever.
  const timer = setTimeout(() => socket.destroy(), 2_000).unref();
  socket.once("close", () => clearTimeout(timer));
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
