import type { Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { useTestDatabase } from "../../../../tests/support/database";
import { connectScim, type ScimConnection } from "../../../../tests/support/scim-in-process";
import { makeHttpServer } from "#server/boot/http-server";
import { findMember } from "#server/directory/index";

import { SCIM_BASE_PATH } from "../url";
import { createScimDoor, type ScimDoor } from "./node-door";

useTestDatabase();

const MIB = 1024 * 1024;
let connection: ScimConnection;
let door: ScimDoor;
let server: Server;

beforeAll(async () => {
  connection = await connectScim();
  door = createScimDoor();
  server = makeHttpServer((request, response) => {
    if (!door.handle(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A connection on which a test writes and reads bytes as they are. */
async function openSocket(): Promise<{ socket: Socket; until: (pattern: RegExp) => Promise<string> }> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  let text = "";
  const waiting = new Set<() => void>();
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    for (const look of waiting) look();
  });
  const until = (pattern: RegExp) =>
    new Promise<string>((resolve) => {
      const look = () => {
        if (!pattern.test(text)) return;
        waiting.delete(look);
        resolve(text);
      };
      waiting.add(look);
      look();
    });
  return { socket, until };
}

function head(method: string, path: string, more: readonly string[] = []): string {
  const lines = [
    `${method} ${SCIM_BASE_PATH}${path} HTTP/1.1`,
    "Host: x",
    `Authorization: Bearer ${connection.target.token}`,
    ...more,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}

const person = (userName: string) =>
  JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName });
const json = (body: string) => [
  "Content-Type: application/scim+json",
  `Content-Length: ${Buffer.byteLength(body)}`,
];
const isMember = async (userName: string) => (await findMember(connection.scope, { userName })) !== null;

describe("the direct door", () => {
  it("answers SCIM's prefix only", async () => {
    const { socket, until } = await openSocket();
    socket.write("GET /public-api/scim-v2x/Users HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(await until(/\r\n\r\n/)).toContain("418");
    socket.destroy();
  });

  it("answers pipelined requests in their order, on one connection", async () => {
    const { socket, until } = await openSocket();
    socket.write(head("GET", "/Schemas") + head("GET", "/Users?count=0") + head("GET", "/Nothing"));
    const text = await until(/no such SCIM endpoint[^]*\}/);
    const order = [
      "urn:ietf:params:scim:schemas:core:2.0:Schema",
      '"itemsPerPage":0',
      "no such SCIM endpoint",
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    socket.destroy();
  });

  it("tells a client that waits for it to send its body", async () => {
    const { socket, until } = await openSocket();
    const body = person("waits@contoso.example");
    socket.write(head("POST", "/Users", [...json(body), "Expect: 100-continue"]));
    await until(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    socket.write(body);
    expect(await until(/HTTP\/1\.1 201 /)).toContain("201");
    socket.destroy();
  });

  it("takes a body that comes in small pieces", async () => {
    const { socket, until } = await openSocket();
    const body = person("pieces@contoso.example");
    socket.write(head("POST", "/Users", ["Content-Type: application/json", "Transfer-Encoding: chunked"]));
    for (const letter of body) socket.write(`1\r\n${letter}\r\n`);
    socket.write("0\r\n\r\n");
    expect(await until(/HTTP\/1\.1 \d+ [^]*\r\n\r\n/)).toContain("HTTP/1.1 201 ");
    socket.destroy();
  });

  it("refuses a body over the limit, announced or not, in SCIM's form", async () => {
    for (const lines of [[`Content-Length: ${2 * MIB}`], ["Transfer-Encoding: chunked"]]) {
      const { socket, until } = await openSocket();
      socket.write(head("POST", "/Users", ["Content-Type: application/scim+json", ...lines]));
      const chunk = "x".repeat(MIB);
      const chunked = lines[0]!.startsWith("Transfer");
      for (let sent = 0; sent < 2; sent++) {
        socket.write(chunked ? `${chunk.length.toString(16)}\r\n${chunk}\r\n` : chunk);
      }
      const text = await until(/"status":"413"/);
      expect(text).toContain("application/scim+json");
      socket.destroy();
    }
  });

  it("changes nothing for a client that goes away before the end of its body", async () => {
    const { socket } = await openSocket();
    const body = person("half@contoso.example");
    const arrived = new Promise((resolve) => server.once("request", resolve));
    socket.write(head("POST", "/Users", json(body)) + body.slice(0, 40));
    await arrived;
    socket.destroy();
    await door.idle();
    expect(await isMember("half@contoso.example")).toBe(false);
  });

  it("finishes what a client asked for that does not wait for the answer", async () => {
    const { socket } = await openSocket();
    const body = person("leaves@contoso.example");
    const arrived = new Promise<void>((resolve) =>
      server.once("request", (request) => request.once("end", () => resolve())),
    );
    socket.write(head("POST", "/Users", json(body)) + body);
    await arrived;
    socket.destroy();
    await door.idle();
    expect(await isMember("leaves@contoso.example")).toBe(true);
  });

  it("answers a HEAD with the length of the GET and without its body", async () => {
    const { socket, until } = await openSocket();
    socket.write(head("HEAD", "/ServiceProviderConfig") + head("GET", "/Nothing"));
    const text = await until(/no such SCIM endpoint/);
    const [first, rest] = text.split("\r\n\r\n", 2);
    expect(first).toMatch(/^HTTP\/1\.1 200 /);
    expect(Number(/content-length: (\d+)/i.exec(first!)?.[1])).toBeGreaterThan(500);
    expect(rest).toMatch(/^HTTP\/1\.1 404 /);
    socket.destroy();
  });

  it("is idle only when the last request under way is answered", async () => {
    const { socket } = await openSocket();
    const body = person("slow@contoso.example");
    const arrived = new Promise((resolve) => server.once("request", resolve));
    socket.write(head("POST", "/Users", json(body)) + body.slice(0, 10));
    await arrived;
    let isIdle = false;
    const idle = door.idle().then(() => (isIdle = true));
    const other = await openSocket();
    other.socket.write(head("GET", "/Users?count=0"));
    await other.until(/itemsPerPage/);
    expect(isIdle).toBe(false);
    socket.write(body.slice(10));
    await idle;
    expect(await isMember("slow@contoso.example")).toBe(true);
    socket.destroy();
    other.socket.destroy();
  });
});
