// The carriage over the shared outbox: sealed, signed, chained, and let go of only when a proof shows it in the log.
import type { Fields } from '../../shared/record/index.js';
import { Outbox, Stopped } from '../../shared/outbox/index.js';
import { type Attachment, type Body, type Carriage, type Load, type Operation, Refused } from './carriage.js';

/** How many entries a proof has shown in the log since the enrolment. */
const proved = 'proved';

export class SealedCarriage implements Carriage {
  operation: Operation | undefined;
  /** Of those that are left: how many the room answered for at the last delivery. Not kept: after a restart it is asked again. */
  private held = 0;

  private constructor(private readonly outbox: Outbox) {}

  static async open(name: string): Promise<SealedCarriage> {
    const carriage = new SealedCarriage(await Outbox.open(name));
    await carriage.learn();
    return carriage;
  }

  /** The address of an enrolment names the operation too, for people; the code alone decides. */
  async enrol(code: string, _slug: string): Promise<void> {
    try {
      await this.outbox.enrol(code, location.origin);
    } catch (problem) {
      throw problem instanceof Stopped && problem.code !== 'offline' ? new Refused('enrolment.refused', problem.message) : problem;
    }
    await this.learn();
  }

  async record(body: Body, attachments: readonly Attachment[] = []): Promise<void> {
    await this.outbox.record(body as unknown as Fields, attachments);
  }

  async mark(): Promise<string> {
    const device = await this.outbox.device();
    return `${device?.kid} ${device?.recorded}`;
  }

  async deliver(): Promise<void> {
    const delivery = await this.outbox.deliver();
    this.held = Math.min(delivery.left, Math.max(0, delivery.taken + delivery.already - delivery.proved));
    if (delivery.proved > 0) await this.outbox.settings.put(proved, ((await this.outbox.settings.get<number>(proved)) ?? 0) + delivery.proved);
    if (delivery.stopped) throw new Refused(`delivery.${delivery.stopped.code}`, delivery.stopped.detail);
  }

  async load(): Promise<Load> {
    const [left, refused, logged] = await Promise.all([this.outbox.undelivered(), this.outbox.refused(), this.outbox.settings.get<number>(proved)]);
    return { left, held: Math.min(this.held, left), logged: logged ?? 0, refused: refused.map((each) => `${each.code}: ${each.detail}`) };
  }

  asFile(): Promise<Blob> {
    return this.outbox.asFile();
  }

  takeFile(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
    return this.outbox.takeFile(bytes);
  }

  asPictures(): Promise<string[]> {
    return this.outbox.asQrParts();
  }

  async takePictures(parts: readonly string[]): Promise<number | undefined> {
    const answer = await this.outbox.fromQrParts(parts);
    return 'taken' in answer ? answer.taken : undefined;
  }

  async newShift(): Promise<void> {
    await this.outbox.newShift();
    await this.learn();
  }

  async erase(): Promise<void> {
    await this.outbox.erase();
    this.operation = undefined;
  }

  private async learn(): Promise<void> {
    const device = await this.outbox.device();
    if (!device) return;
    const { settings } = device;
    const { slug, id, name, time_zone: timeZone } = device.operation;
    const app = (settings['app'] ?? {}) as { name?: unknown; icon?: unknown };
    this.operation = {
      slug,
      id,
      name,
      timeZone,
      lines: device.lines,
      fightersTallied: settings['fighters_tallied'] === true,
      codedLabels: settings['coded_labels'] === true,
      ...(typeof app.name === 'string' ? { appName: app.name } : {}),
      ...(typeof app.icon === 'string' ? { icon: app.icon } : {}),
    };
  }
}
