// What a test needs to publish: a room of two officers and a party, and a report that one composed, the other checked and the first cleared.
import { Caller } from './person.ts';
import type { Server } from './server.ts';

export class Desk {
  private constructor(
    readonly administrator: Caller,
    readonly composer: Caller,
    readonly colleague: Caller,
    readonly council: Caller,
    readonly head: Caller,
  ) {}

  static readonly at = '/operations/valley';

  static async founded(server: Server): Promise<Desk> {
    const administrator = await Caller.invited(server.address, /#\/invitation\/(\w+)/.exec(server.output)![1]!, 'Who runs the server');
    await administrator.call('POST', '/operations', { slug: 'valley', name: 'Northern <valley> & "hills"', time_zone: 'Asia/Damascus' });
    const invited = async (name: string, roles: string[], party?: { id: string; name: string }): Promise<Caller> =>
      Caller.invited(server.address, (await administrator.call('POST', `${Desk.at}/invitations`, { roles, ...(party ? { party } : {}) })).address, name);
    return new Desk(
      administrator,
      await invited('Composer', ['reporting-officer']),
      await invited('Colleague', ['reporting-officer']),
      await invited('Council', ['party'], { id: 'valley-council', name: 'Valley council' }),
      await invited('The head', ['head-of-mission']),
    );
  }

  say(statement: object): Promise<{ id: string }> {
    return this.composer.call('POST', `${Desk.at}/statements`, { statement: { by: { id: 'relief/field', name: 'Relief office', kind: 'responder' }, basis: 'seen', modality: 'asserted', handling: 'public', consent: 'not-needed', ...statement } });
  }

  async publish(title: string, editions: string[] = ['room', 'parties', 'public']): Promise<any> {
    let made = await this.composer.call('POST', `${Desk.at}/drafts`, { title, cut_off: new Date().toISOString().slice(0, 16) + 'Z' });
    const read = { sha256: Object.fromEntries(made.editions.map((e: { edition: string; sha256: string }) => [e.edition, e.sha256])) };
    await this.colleague.call('POST', `${Desk.at}/drafts/${made.id}/check`, read);
    await this.composer.call('POST', `${Desk.at}/drafts/${made.id}/clearance`, read);
    made = await this.composer.call('POST', `${Desk.at}/drafts/${made.id}/publication`, { editions });
    return made;
  }
}
