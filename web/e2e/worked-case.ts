// The worked case on a real server: founded by the command, imported by the command, then served.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Caller } from './person.ts';
import { Server } from './server.ts';

const root = new URL('../..', import.meta.url).pathname;

const command = (...words: string[]): string => execFileSync('dotnet', ['exec', join(root, 'src/Cli/bin/Release/net10.0/safeconduct.dll'), ...words], { encoding: 'utf8', env: { ...process.env, SAFECONDUCT_HOME: root } });

export const slug = 'worked-case';

export async function servedCase(name: string): Promise<{ server: Server; administrator: Caller; invitation(role: string, party?: { id: string; name: string }): Promise<string> }> {
  const server = await Server.create();
  const folder = join(root, 'cases', name);
  const record = join(server.data, 'operations', slug);
  mkdirSync(join(server.data, 'operations'), { recursive: true });
  const settings = JSON.parse(readFileSync(join(folder, 'operation.json'), 'utf8')) as { name: string; time_zone: string };
  const keys = join(`${server.data}.keys`, slug);
  command('init', record, '--keys', keys, '--name', settings.name, '--time-zone', settings.time_zone, '--places', join(folder, 'places.geojson'));
  command('import', join(folder, 'statements.jsonl'), '--operation', record, '--keys', keys);
  await server.start();
  const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Head of the mission');
  return {
    server,
    administrator,
    invitation: async (role, party) => (await administrator.call('POST', `/operations/${slug}/invitations`, { roles: [role], ...(party ? { party } : {}) })).address,
  };
}
