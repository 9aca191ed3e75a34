import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Listener {
  /** Answers what was asked, and whoever asks on an open connection meanwhile; takes no new connections. */
  drain(): Promise<void>;
}

/** Longer than the proxies before us keep theirs, or a proxy would send a request on a connection that we just close. */
const KEEP_ALIVE = 75_000;
/** How long an idle connection stays open in a drain, for a request that is on its way. */
const GRACE = 1000;
/** How long requests may take in a drain, all in all. */
const PATIENCE = 10_000;

/** Serves `app`. Rejects with a plain sentence where the port cannot be had. */
export async function listen(app: RequestListener, { port, host }: { port: number; host: string }): Promise<Listener> {
  const connections = new Map<Socket, Connection>();
  let draining = false;

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    // After this answer the client must come anew, to whoever serves then.
    if (draining) response.shouldKeepAlive = false;
    connections.get(request.socket)?.begin(response);
    app(request, response);
  });
  server.on('connection', (socket) => {
    connections.set(socket, new Connection(socket));
    socket.on('close', () => connections.delete(socket));
  });
  await bind(server, port, host);

  return {
    async drain() {
      draining = true;
      for (const connection of connections.values()) connection.makeLast();
      // http's own close() would cut idle connections off at once, with requests that are on their way on them.
      NetServer.prototype.close.call(server);
      const begun = performance.now();
      while (connections.size > 0) {
        const waited = performance.now() - begun;
        for (const [socket, connection] of connections) {
          if (waited > PATIENCE || (waited > GRACE && connection.isIdle)) socket.destroy();
        }
        await sleep(20);
      }
    },
  };
}

/** What is under way on a connection. Node counts one on which nothing was ever asked as busy. */
class Connection {
  readonly #socket: Socket;
  readonly #responses = new Set<ServerResponse>();
  #readBefore = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  begin(response: ServerResponse): void {
    this.#responses.add(response);
    response.on('close', () => {
      this.#responses.delete(response);
      this.#readBefore = this.#socket.bytesRead;
    });
  }

  /** Not a byte of a next request has come. */
  get isIdle(): boolean {
    return this.#responses.size === 0 && this.#socket.bytesRead === this.#readBefore;
  }

  makeLast(): void {
    for (const response of this.#responses) if (!response.headersSent) response.shouldKeepAlive = false;
  }
}

async function bind(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(whyNot(error, port, host))));
    server.listen(port, host, resolve);
  });
  server.removeAllListeners('error');
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${host} is in use: stop the program that uses it, or set PORT to another.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${host}: set HOST to one that it has, or to 0.0.0.0 for all.`;
  return `It is not possible to listen on port ${port} of ${host}: ${message}`;
}
