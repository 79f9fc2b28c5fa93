import type { ReactNode } from 'react';
import { useAddress } from '../app/address.ts';
import { type Statement, viewQuery } from '../app/api.ts';
import { useAnswer } from '../app/asked.ts';
import { useRoom, useWords, type PlaceFeature } from '../app/context.tsx';
import { Chips, Panel } from '../app/marks.tsx';
import { fit, kilometres, lines, type Point } from './geometry.ts';
import type { Movement } from './shape.ts';

const [width, height] = [460, 300];
const most = 14;

/** Places as the operation lists them, and where convoys were last reported. No borders, no base map: what is not listed is not drawn. */
export function PlaceMap({ movements }: { movements: readonly Movement[] }): ReactNode {
  const words = useWords();
  const room = useRoom();
  const address = useAddress();
  const incidents = useAnswer<{ statements: Statement[] }>(`/operations/${room.operation.slug}/statements${viewQuery(address.query, { kind: 'incident', limit: '200' })}`, room.live.size).value;
  const features = (room.places?.features ?? []).filter((f) => f.geometry);
  const spoken = new Set(movements.flatMap((m) => m.legs.map((l) => l.place)).filter((p): p is string => !!p));
  const drawn = chosen(features, spoken);
  const spots = new Map(drawn.filter((f) => f.geometry!.type === 'Point').map((f) => [String(f.properties.id), lines(f.geometry!)[0]![0]!]));
  const letters = lettered(incidents?.statements ?? [], spots);
  if (drawn.length === 0) {
    return (
      <Panel title={words.say('map')}>
        <p className="empty">{words.say('noPlaces')}</p>
      </Panel>
    );
  }
  const project = fit(drawn.flatMap((f) => lines(f.geometry!).flat()), width, height);
  const path = (f: PlaceFeature): string => lines(f.geometry!).map((line) => `M${line.map((p) => project(p).map((n) => n.toFixed(1)).join(' ')).join('L')}`).join('') + (f.geometry!.type.includes('Polygon') ? 'Z' : '');
  const bar = 80;
  const km = kilometres(project, lines(drawn[0]!.geometry!)[0]![0]!, bar);
  const points = drawn.filter((f) => f.geometry!.type === 'Point');
  return (
    <Panel title={words.say('map')} note={words.say('mapNote')} className="map">
      <svg className="m" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${words.say('map')}: ${words.list(points.map((p) => room.placeName(String(p.properties.id))))}`}>
        <defs>
          <pattern id="h-gap" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="1.4" height="6" fill="var(--rule-2)" />
          </pattern>
        </defs>
        {drawn.filter((f) => f.geometry!.type.includes('Polygon')).map((f) => <path key={String(f.properties.id)} className="pk" d={path(f)} />)}
        {drawn.filter((f) => f.geometry!.type.includes('Line')).map((f) => <path key={String(f.properties.id)} className="rt2" d={path(f)} />)}
        {placed(points.map((f) => ({ id: String(f.properties.id), at: project(lines(f.geometry!)[0]![0]!) }))).map(({ id, at, end }) => (
          <g key={id}>
            {spoken.has(id) ? <rect x={at[0] - 5} y={at[1] - 5} width="10" height="10" className="seen" /> : <circle cx={at[0]} cy={at[1]} r="4" className="spot" />}
            <text x={at[0] + (end ? -9 : 9)} y={at[1] + 4} textAnchor={end ? 'end' : 'start'} direction={words.direction}>
              {room.placeName(id)}
            </text>
          </g>
        ))}
        {routesOf(movements, spots).map((route) => (
          <path key={route.join()} className="rt2" d={`M${route.map((id) => project(spots.get(id)!).map((n) => n.toFixed(1)).join(' ')).join('L')}`} />
        ))}
        {letters.map(({ letter, place }) => {
          const [x, y] = project(spots.get(place)!);
          return (
            <g key={letter} className="letter" transform={`translate(${x} ${y - 15})`}>
              <circle r="8" />
              <text textAnchor="middle" y="4">
                {letter}
              </text>
            </g>
          );
        })}
        <g transform={`translate(${width - bar - 14} ${height - 12})`}>
          <path d={`M0 -4V0H${bar}V-4`} fill="none" stroke="var(--ink-2)" />
          <text x={bar / 2} y="-5" textAnchor="middle" className="q">
            {words.number(Number(km.toPrecision(2)))} km
          </text>
        </g>
      </svg>
      {letters.length > 0 && (
        <ol className="letters" aria-label={words.say('lettersTitle')}>
          {letters.map(({ letter, place, ids }) => (
            <li key={letter}>
              <b>{letter}</b> <bdi>{room.placeName(place)}</bdi> <Chips ids={ids} most={5} />
            </li>
          ))}
        </ol>
      )}
      <p className="small muted mapkey">{words.say('routeKey')}</p>
    </Panel>
  );
}

export interface Lettered {
  readonly letter: string;
  readonly place: string;
  readonly ids: readonly string[];
}

/** Incidents by the place they are reported at, lettered from the one most spoken of; at most eight, the rest stand in the list of statements. */
export function lettered(incidents: readonly Pick<Statement, 'id' | 'via' | 'from' | 'to' | 'standing'>[], spots: ReadonlyMap<string, Point>): Lettered[] {
  const at = new Map<string, string[]>();
  for (const s of incidents) {
    const place = [s.via, s.from, s.to].find((p) => p !== null && spots.has(p));
    if (place && s.standing === 'current') at.set(place, [...(at.get(place) ?? []), s.id]);
  }
  return [...at]
    .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, 8)
    .map(([place, ids], i) => ({ letter: 'ABCDEFGH'[i]!, place, ids }));
}

/** The places each convoy was reported at, in the order of the reports; one place alone is no way. */
export function routesOf(movements: readonly Movement[], spots: ReadonlyMap<string, Point>): string[][] {
  const routes = movements.map((m) => m.legs.map((l) => l.place).filter((p, i, all): p is string => !!p && spots.has(p) && p !== all[i - 1]));
  const seen = new Set<string>();
  return routes.filter((r) => r.length > 1 && !seen.has(r.join()) && seen.add(r.join()));
}

// What statements speak of first, then what is most often a line or a crossing: a picture with fifty names says nothing.
function chosen(features: readonly PlaceFeature[], spoken: ReadonlySet<string>): PlaceFeature[] {
  const rank = (f: PlaceFeature): number => (spoken.has(String(f.properties.id)) ? 0 : f.properties.kind === 'crossing' ? 1 : f.geometry!.type === 'Point' ? 3 : 2);
  const first = [...features].sort((a, b) => rank(a) - rank(b)).filter((f) => rank(f) < 2 || (spoken.size === 0 && features.length <= most));
  const near = first.flatMap((f) => lines(f.geometry!).flat());
  if (near.length === 0) return [...features].slice(0, most);
  const [x, y] = [near.map((p) => p[0]), near.map((p) => p[1])];
  const pad = 0.03;
  const inside = (p: Point): boolean => p[0] > Math.min(...x) - pad && p[0] < Math.max(...x) + pad && p[1] > Math.min(...y) - pad && p[1] < Math.max(...y) + pad;
  const outlines = features.filter((f) => !first.includes(f) && f.geometry!.type !== 'Point' && lines(f.geometry!).flat().every(inside));
  return [...first.slice(0, most), ...outlines.slice(0, 40)];
}

// A name goes to the other side where it would run out of the picture; of two that would lie on each other the later one is left out of the drawing, not of the list.
function placed(points: readonly { id: string; at: Point }[]): { id: string; at: Point; end: boolean }[] {
  const kept: { id: string; at: Point; end: boolean }[] = [];
  for (const point of points) {
    if (kept.every((k) => Math.abs(k.at[1] - point.at[1]) > 11 || Math.abs(k.at[0] - point.at[0]) > 90)) kept.push({ ...point, end: point.at[0] > width * 0.62 });
  }
  return kept;
}
