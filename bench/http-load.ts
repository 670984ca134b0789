import { Agent, request as httpRequest, type IncomingMessage } from "node:http";

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface HttpTarget {
  readonly port: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** One request over a kept connection. @throws Error for a status of 400 and above */
export function send(target: HttpTarget, call: Call): Promise<unknown> {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const headers = {
    ...target.headers,
    ...(body === undefined
      ? {}
      : { "content-type": "application/scim+json", "content-length": Buffer.byteLength(body) }),
  };
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      port: target.port,
      host: "127.0.0.1",
      method: call.method,
      path: call.path,
      headers,
    };
    const request = httpRequest(options, (response) => void readAnswer(response, call).then(resolve, reject));
    request.on("error", reject);
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage, call: Call): Promise<unknown> {
  let text = "";
  response.setEncoding("utf8");
  for await (const chunk of response) text += chunk as string;
  if (response.statusCode! >= 400)
    throw new Error(`${call.method} ${call.path}: ${response.statusCode} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** Sends `count` requests, at most `parallel` at once; the latencies in milliseconds. */
export async function drive(
  count: number,
  parallel: number,
  one: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      const startedAt = performance.now();
      await one(index);
      times.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return times;
}
