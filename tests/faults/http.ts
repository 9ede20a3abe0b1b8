import { type Agent, request } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** One request to a server of another process. A cut-off answer is an error: only a whole one is an answer. */
export function send(
  agent: Agent,
  to: { readonly port: number; readonly token: string },
  path: string,
  body: unknown,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', cookie: `wuxing_session=${to.token}` };
    const sent = request({ agent, host: '127.0.0.1', port: to.port, path, method: 'POST', headers }, (reply) => {
      let text = '';
      reply.on('data', (chunk: Buffer) => (text += String(chunk)));
      reply.on('end', () =>
        reply.complete ? resolve({ status: reply.statusCode ?? 0, body: text }) : reject(new Error('cut off')),
      );
      reply.on('error', reject);
    });
    sent.on('error', reject);
    sent.setTimeout(20_000, () => sent.destroy(new Error('no answer')));
    sent.end(JSON.stringify(body));
  });
}
