import { describe, expect, it } from 'vitest';
import { byMatter, chains, matterOf, type Proposed, type Released } from './alerts.ts';

const released = (identifier: string, follows: string | null, hour: number): Released => ({ identifier, follows, for: 'public', matter: 'halt.operation.anywhere', message: follows ? 'update' : 'alert', sent: `2031-05-02T${String(hour).padStart(2, '0')}:00:00Z`, statements: [], released_by: null, entry: '' });

describe('alerts', () => {
  it('stand in chains from first to last, the chain that moved last on top', () => {
    expect(chains([released('a.1', null, 8), released('b.2', null, 9), released('a.3', 'a.1', 10), released('a.4', 'a.3', 11)]).map((c) => c.map((r) => r.identifier))).toEqual([['a.1', 'a.3', 'a.4'], ['b.2']]);
  });

  it('whose predecessor is not shown begin a chain, and a ring of them hangs nobody', () => {
    expect(chains([released('a.2', 'a.1', 8)]).map((c) => c.length)).toEqual([1]);
    expect(chains([released('a.1', 'a.2', 8), released('a.2', 'a.1', 9)])).toEqual([]);
  });

  it('of one matter are proposed together, for the narrowest audience first', () => {
    const p = (matter: string, to: Proposed['for']): Proposed => ({ matter, for: to, message: 'alert', follows: null, statements: [], digest: '', texts: [] });
    expect(byMatter([p('fire.gate.2031-05-02', 'public'), p('halt.operation.anywhere', 'room'), p('fire.gate.2031-05-02', 'room')]).map((g) => g.map((x) => x.for))).toEqual([['room', 'public'], ['room']]);
  });

  it('are named by topic, place and day', () => {
    expect(matterOf('fire.old-town.2031-05-02')).toEqual({ topic: 'fire', place: 'old-town', day: '2031-05-02' });
    expect(matterOf('halt.operation.anywhere')).toEqual({ topic: 'halt', place: undefined, day: undefined });
    expect(matterOf('closure.river-bridge')).toEqual({ topic: 'closure', place: 'river-bridge', day: undefined });
  });
});
