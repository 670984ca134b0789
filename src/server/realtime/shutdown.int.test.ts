import { expect, it } from "vitest";

import { listLoggedBatches } from "#server/boards/index";

import { useTestDatabase } from "../../../tests/support/database";
import { RealtimeFixture } from "./testing/realtime-fixture";
import { SocketClient } from "./testing/socket-client";

useTestDatabase();

it("a stopping server stores what it has accepted, closes with 1012 and refuses newcomers with 503", async () => {
  const fixture = await RealtimeFixture.start();
  const { anna, boardId } = await fixture.makeBoard();
  const options = { port: fixture.port, boardId, token: anna.token };
  const client = await SocketClient.join(options);
  for (let n = 1; n <= 20; n++)
    client.send({ t: "p", n, o: [[`s${n}`, { kind: "note", g: [0, 0, 1, 1], z: "a0" }]] });
  await client.answer(1);
  const stopped = fixture.realtime.shutdown();
  expect(await SocketClient.open(options)).toMatchObject({ status: 503, body: { code: "UNAVAILABLE" } });
  expect((await client.closed).code).toBe(1012);
  await stopped;
  const stored = await listLoggedBatches(boardId, 0);
  const acknowledged = client.of("a").map((frame) => frame.n);
  for (const n of acknowledged) expect(stored.some((row) => row.clientSeq === n)).toBe(true);
  expect(fixture.realtime.stats()).toMatchObject({ connections: 0, waiting: 0 });
  await fixture.stop();
});
