// What a server answers to an enrolment, for the browser's check: the facts of an operation, and no key that is worth anything.
const lines = [
  { id: 'river-bridge', name: 'River bridge', kind: 'crossing', names: { en: 'River bridge', ar: 'جسر النهر', fr: 'Pont de la rivière', ru: 'Речной мост' } },
  { id: 'north-gate', name: 'North gate', kind: 'crossing', names: { en: 'North gate', ar: 'البوابة الشمالية', fr: 'Porte nord', ru: 'Северные ворота' } },
];

export function enrolment(_, answer) {
  answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ lines }));
}
