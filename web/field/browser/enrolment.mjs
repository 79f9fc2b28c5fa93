// What a server answers to an enrolment, for the browser's check: the facts of an operation, and keys that are worth nothing.
import { createECDH, createHash, randomBytes } from 'node:crypto';

const lines = [
  { id: 'river-bridge', name: 'River bridge', kind: 'crossing', names: { en: 'River bridge', ar: 'جسر النهر', fr: 'Pont de la rivière', ru: 'Речной мост' } },
  { id: 'north-gate', name: 'North gate', kind: 'crossing', names: { en: 'North gate', ar: 'البوابة الشمالية', fr: 'Porte nord', ru: 'Северные ворота' } },
];
const point = () => createECDH('prime256v1').generateKeys('hex', 'uncompressed');
const charter = Buffer.from(JSON.stringify({ safeconduct: 'charter 1', operation: 'Northern valley', timeZone: 'Asia/Damascus', log: { key: randomBytes(32).toString('hex') } }));

export function enrolment(request, answer) {
  if (request.url.endsWith('/refused')) return void answer.writeHead(404, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ code: 'enrolment.unknown', detail: 'This code is not known.' }));
  const kid = randomBytes(16).toString('hex');
  answer.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      token: randomBytes(16).toString('hex'),
      operation: { slug: 'bridge', id: createHash('sha256').update(charter).digest('hex'), name: 'Northern valley', time_zone: 'Asia/Damascus', charter_b64: charter.toString('base64') },
      kid,
      certificate: { from: 0, to: 4102444800000 },
      sealing_key: point(),
      head: { size: 1, root: randomBytes(32).toString('hex') },
      lines,
      settings: { fighters_tallied: request.url.includes('fighters'), delay_minutes: 180, languages: ['en'], proof_level: 'logged' },
    }),
  );
}
