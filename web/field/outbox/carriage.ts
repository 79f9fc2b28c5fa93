// What the screens need of the outbox: it seals, signs and carries; they never see what it holds.

/** A place to stand and count at. */
export interface Line {
  id: string;
  name: string;
  kind: string;
  names?: Partial<Record<string, string>>;
}

/** What a device knows of its operation since its enrolment. */
export interface Operation {
  slug: string;
  id: string;
  name: string;
  timeZone: string;
  lines: Line[];
  fightersTallied: boolean;
  appName?: string;
  icon?: string;
  codedLabels?: boolean;
}

/** A further body of an entry, such as a photo: its bytes are sealed apart, its SHA-256 stands in the sealed statement. */
export interface Attachment {
  media: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** How much stands where. `left` is what the log is not proven to hold, another device's among it; `held` of these have reached the room; `logged` were proven and are gone from here. */
export interface Load {
  left: number;
  held: number;
  logged: number;
  /** What the room would not take, each with its code and reason. It stays here. */
  refused: string[];
}

/** A statement's body as `formats/statement.md` has it, without `v`. */
export type Body = { id: string; kind: string; said: object } & Record<string, unknown>;

/** Something that the person at the screen can be told, in words that the catalogue has or that the server gave. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Carriage {
  /** Absent until the device is enrolled. */
  readonly operation: Operation | undefined;
  /** Throws `Refused`; then nothing has changed. */
  enrol(code: string, slug: string): Promise<void>;
  /** Seals, signs and keeps in one transaction: when it answers, no power cut takes it back. */
  record(body: Body, attachments?: readonly Attachment[]): Promise<void>;
  /** Throws `Refused` where nothing could be sent. */
  deliver(): Promise<void>;
  /** A mark of how far this device has recorded; it differs after every record. */
  mark(): Promise<string>;
  load(): Promise<Load>;
  asFile(): Promise<Blob>;
  /** How many were new. Throws `Refused`; then nothing was taken. */
  takeFile(bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  asPictures(): Promise<string[]>;
  /** How many were new, or nothing where pictures are still missing. */
  takePictures(parts: readonly string[]): Promise<number | undefined>;
  newShift(): Promise<void>;
  /** Forgets key, chain and everything not delivered: for a phone that is given back or in danger. */
  erase(): Promise<void>;
}
