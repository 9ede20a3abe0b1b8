import { z } from 'zod';
import { type Endpoint, problem } from '../../../domain/contract.ts';

type Schema = Record<string, unknown>;

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema;
  return rest;
}

function parameters(schema: z.ZodType, where: 'path' | 'query'): Schema[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, s]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: s,
  }));
}

function operation(endpoint: Endpoint): Schema {
  const hasBody = endpoint.method !== 'GET';
  const body = endpoint.upload
    ? {
        'multipart/form-data': {
          schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
        },
      }
    : { 'application/json': { schema: jsonSchema(endpoint.body, 'input') } };
  const answer = endpoint.raw ? {} : { 'application/json': { schema: jsonSchema(endpoint.reply, 'output') } };
  return {
    operationId: endpoint.name,
    tags: [endpoint.name.split('.')[0]],
    summary: endpoint.summary.zh,
    description: endpoint.summary.en,
    'x-permission': endpoint.permission,
    security: endpoint.permission === 'public' ? [] : [{ session: [] }],
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
    ...(hasBody ? { requestBody: { content: body } } : {}),
    responses: {
      200: { description: 'OK', content: answer },
      default: {
        description: 'Refused or failed',
        content: { 'application/json': { schema: jsonSchema(problem, 'output') } },
      },
    },
  };
}

function pathsOf(endpoints: readonly Endpoint[]): Record<string, Record<string, Schema>> {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const e of endpoints) {
    const path = e.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[e.method.toLowerCase()] = operation(e);
  }
  return paths;
}

/**
 * OpenAPI 3.1 of all endpoints, with the permission of each as `x-permission`. The paths are made by the first who reads them:
 * a server that starts would wait for them half as long as for everything else.
 */
export function openapi(endpoints: readonly Endpoint[], version: string): Schema {
  let paths: ReturnType<typeof pathsOf> | undefined;
  return {
    openapi: '3.1.0',
    info: { title: 'Wuxing 五星', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'wuxing_session' } } },
    get paths() {
      return (paths ??= pathsOf(endpoints));
    },
  };
}
