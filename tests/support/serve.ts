// The small test county behind the built pages of the console: for browser tests, and for looking at pages by hand.
//   npx tsx tests/support/serve.ts [port]
import type { AddressInfo } from 'node:net';
import { inRoot } from '../../server/platform/paths.ts';
import { createWorld, testPassword, type World } from './world.ts';

export interface Served {
  readonly world: World;
  readonly url: string;
}

export async function serve(port = 0): Promise<Served> {
  const world = await createWorld({ webFolder: inRoot('dist', 'web') });
  await world.app.listen({ port, host: '127.0.0.1' });
  const { port: given } = world.app.server.address() as AddressInfo;
  return { world, url: `http://127.0.0.1:${given}` };
}

if (process.argv[1]?.endsWith('serve.ts')) {
  const { url, world } = await serve(Number(process.argv[2] ?? 8090));
  const { units } = world;
  await world.person('admin', units.county, [['admin', units.county]]);
  await world.person('organiser', units.county, [['organiser', units.county]]);
  await world.person('secretary', units.eastVillage, [['branch-secretary', units.eastVillage]]);
  console.log(`${url}  password: ${testPassword}  accounts: admin organiser secretary`);
}
