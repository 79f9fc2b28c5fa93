import { describe, expect, it } from 'vitest';
import { type Address, parse, toView, withQuery, write } from './address.ts';

describe('an address', () => {
  it('comes back as it was written, in any script and with any sign', () => {
    const addresses: Address[] = [
      { path: ['op', 'oldtown', 'room'], query: { lens: 'kind:un or kind:media', as_of: '2031-05-01T18:00' } },
      { path: ['op', 'oldtown', 'statements'], query: { q: 'قافلة & 3/4 ?', open: 'figure:left.people.all/2031' } },
      { path: [], query: {} },
    ];
    for (const address of addresses) expect(parse(write(address))).toEqual(address);
  });

  it('of another view keeps lens and time, and lets go of what was open or searched', () => {
    const from = parse('#/op/oldtown/statements?lens=kind%3Aun&as_of=2031-05-01&known=certainly&q=bus&open=statement%3AOLD-0001');
    expect(parse(toView(from, 'room'))).toEqual({ path: ['op', 'oldtown', 'room'], query: { lens: 'kind:un', as_of: '2031-05-01', known: 'certainly' } });
  });

  it('loses a question that is answered with nothing', () => {
    expect(withQuery(parse('#/op/a/room?lens=all&as_of=2031-05-01'), { lens: '' })).toBe('#/op/a/room?as_of=2031-05-01');
  });
});
