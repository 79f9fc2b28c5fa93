// A carriage that keeps everything in memory: for tests of the screens, and for looking at them without a server.
import { type Attachment, type Body, type Carriage, type Load, type Operation, Refused } from './carriage.js';

export class MemoryCarriage implements Carriage {
  readonly recorded: { body: Body; attachments: readonly Attachment[] }[] = [];
  operation: Operation | undefined;

  constructor(private readonly given: Operation) {}

  async enrol(code: string): Promise<void> {
    if (code === 'REFUSED') throw new Refused('enrolment.unknown', 'unknown');
    this.operation = this.given;
  }

  async record(body: Body, attachments: readonly Attachment[] = []): Promise<void> {
    this.recorded.push({ body, attachments });
  }

  async deliver(): Promise<void> {
    throw new Refused('network.none', 'no server');
  }

  async load(): Promise<Load> {
    return { left: this.recorded.length, held: 0, logged: 0, refused: 0, carried: 0 };
  }

  async asFile(): Promise<Blob> {
    return new Blob([JSON.stringify(this.recorded.map((each) => each.body))]);
  }

  async takeFile(): Promise<number> {
    return 0;
  }

  async asPictures(): Promise<string[]> {
    return this.recorded.map((each) => each.body.id);
  }

  async takePictures(): Promise<number | undefined> {
    return undefined;
  }

  async newShift(): Promise<void> {}
}
