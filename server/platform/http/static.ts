import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from '../errors.ts';
import { sayError } from './mount.ts';

const address = { zh: '这个地址', en: 'address' };
const unlimited = { config: { rateLimit: false } };

/**
 * The built pages. Files under `assets/` carry a digest of their content in their name, so a browser keeps them for ever;
 * the page itself is asked for each time. Compressed forms are made by the build and chosen by what the browser takes.
 * Every other address that is no endpoint shows the page, which finds its screen by the address.
 */
export async function serveWeb(app: FastifyInstance, folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'index.html'))) return false;
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const lasting = /[/\\]assets[/\\]/.test(path);
      void reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/*', unlimited, async (request, reply) => answer(folder, request, reply));
  return true;
}

function answer(folder: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = new URL(request.url, 'http://localhost').pathname;
  // An address of the interface that does not exist must not answer with a page.
  if (path === '/api' || path.startsWith('/api/')) {
    sayError(notFound(address), request, reply);
    return reply;
  }
  const name = decodeURIComponent(path).slice(1);
  // Screens may have a dot in their address too (a standard's version): only what the build made is a file.
  const isFile = name.startsWith('assets/') || (name !== '' && existsSync(join(folder, name)));
  if (isFile && !existsSync(join(folder, name))) {
    // A script of an older build: saying so lets the page load itself again instead of running half a program.
    sayError(notFound(address), request, reply);
    return reply;
  }
  return reply.sendFile(isFile ? name : 'index.html');
}

/** The documentation of the interface, from this server alone: nothing is loaded from elsewhere. */
export async function serveDocumentation(app: FastifyInstance, description: object): Promise<void> {
  await app.register(swagger, { mode: 'static', specification: { document: description as never } });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { validatorUrl: null, docExpansion: 'none', displayRequestDuration: true },
  });
}
