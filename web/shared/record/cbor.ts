// Deterministic CBOR, RFC 8949 section 4.2.1, as formats/cbor.md says: one value has one form, and the reader accepts that form only.
import { type Bytes, concat, Refusal, utf8 } from './bytes';

export const longestItem = 16 * 1024;

export class CborWriter {
  private readonly parts: Uint8Array[] = [];

  get written(): Bytes {
    return concat(...this.parts);
  }

  integer(value: number): this {
    return value >= 0 ? this.head(0, value) : this.head(1, -1 - value);
  }

  integerOrNull(value: number | null): this {
    return value === null ? this.null() : this.integer(value);
  }

  bytes(value: Uint8Array): this {
    this.head(2, value.length);
    this.parts.push(value);
    return this;
  }

  text(value: string): this {
    const bytes = utf8(value);
    this.head(3, bytes.length);
    this.parts.push(bytes);
    return this;
  }

  list(count: number): this {
    return this.head(4, count);
  }

  map(count: number): this {
    return this.head(5, count);
  }

  tag(value: number): this {
    return this.head(6, value);
  }

  null(): this {
    this.parts.push(Uint8Array.of(0xf6));
    return this;
  }

  private head(major: number, value: number): this {
    if (!Number.isSafeInteger(value)) throw new Refusal('cbor.wrong-type', 'not a whole number that can be written exactly');
    const width = value < 24 ? 0 : value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x1_0000_0000 ? 4 : 8;
    const head = new Uint8Array(1 + width);
    head[0] = (major << 5) | (width === 0 ? value : 24 + Math.log2(width));
    for (let i = width, rest = value; i > 0; i--, rest = Math.floor(rest / 256)) head[i] = rest % 256;
    this.parts.push(head);
    return this;
  }
}

export class CborReader {
  private position = 0;

  constructor(private readonly bytes: Bytes) {
    if (bytes.length > longestItem) this.refuse('cbor.too-long', `${bytes.length} bytes, more than ${longestItem}`);
  }

  integer(): number {
    const [major, value] = this.head();
    if (major !== 0 && major !== 1) this.refuse('cbor.wrong-type', 'expected an integer');
    return major === 0 ? value : -1 - value;
  }

  count(): number {
    const value = this.integer();
    if (value < 0) this.refuse('cbor.wrong-type', 'expected an integer that is not negative');
    return value;
  }

  countOrNull(): number | null {
    return this.takeNull() ? null : this.count();
  }

  byteString(length?: number): Bytes {
    const [major, value] = this.head();
    if (major !== 2) this.refuse('cbor.wrong-type', 'expected a byte string');
    const found = this.take(value);
    if (length !== undefined && found.length !== length) this.refuse('cbor.wrong-type', `expected ${length} bytes`);
    return found;
  }

  ascii(): string {
    const [major, value] = this.head();
    if (major !== 3) this.refuse('cbor.wrong-type', 'expected text');
    const found = this.take(value);
    if (found.some((b) => b < 0x21 || b > 0x7e)) this.refuse('cbor.wrong-text', 'text outside the printable ASCII marks');
    return String.fromCharCode(...found);
  }

  /** The number of items of a list: never more than the bytes that are left, so that no length can make a reader reserve memory. */
  list(count?: number): number {
    const [major, value] = this.head();
    if (major !== 4) this.refuse('cbor.wrong-type', 'expected a list');
    if (value > this.bytes.length - this.position) this.refuse('cbor.truncated', 'expected a list');
    if (count !== undefined && value !== count) this.refuse('cbor.wrong-type', `expected a list of ${count}`);
    return value;
  }

  map(count: number): void {
    const [major, value] = this.head();
    if (major !== 5 || value !== count) this.refuse('cbor.wrong-type', `expected a map of ${count}`);
  }

  /** The next key of a map whose keys are known and sorted. */
  key(expected: number, previous: number): void {
    const found = this.integer();
    if (found === expected) return;
    if (found === previous) this.refuse('cbor.duplicate-key', `the key ${found} twice`);
    // Keys sort by their bytes, so every negative key comes after every other.
    const order = (key: number) => (key >= 0 ? key : Number.MAX_SAFE_INTEGER - key);
    if (order(found) < order(previous)) this.refuse('cbor.keys-unsorted', `the key ${found} after ${previous}`);
    this.refuse('cbor.wrong-key', `the key ${found} where ${expected} belongs`);
  }

  tag(expected: number): void {
    const [major, value] = this.head();
    if (major !== 6 || value !== expected) this.refuse('cbor.wrong-type', `expected tag ${expected}`);
  }

  takeNull(): boolean {
    if (this.bytes[this.position] !== 0xf6) return false;
    this.position++;
    return true;
  }

  end(): void {
    if (this.position !== this.bytes.length) this.refuse('cbor.trailing', `${this.bytes.length - this.position} bytes after the end`);
  }

  refuse(code: string, message: string): never {
    throw new Refusal(code, `${message}, at byte ${this.position}`);
  }

  private take(count: number): Bytes {
    if (count > this.bytes.length - this.position) this.refuse('cbor.truncated', 'the bytes end inside an item');
    this.position += count;
    return this.bytes.slice(this.position - count, this.position);
  }

  private head(): [major: number, value: number] {
    const first = this.take(1)[0]!;
    const [major, detail] = [first >> 5, first & 31];
    if (major === 7) {
      this.refuse(detail >= 25 && detail <= 27 ? 'cbor.float' : detail === 31 ? 'cbor.indefinite' : 'cbor.wrong-type', 'a value this format does not use');
    }
    if (detail < 24) return [major, detail];
    if (detail > 27) this.refuse(detail === 31 ? 'cbor.indefinite' : 'cbor.wrong-type', 'a length of no fixed size');
    const width = 1 << (detail - 24);
    const value = this.take(width).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value < (detail === 24 ? 24 : 2 ** (4 * width))) this.refuse('cbor.non-shortest', `${value} written in ${width} bytes`);
    // Numbers above 2^53 have no use here: milliseconds since 1970 reach it in the year 287396.
    if (!Number.isSafeInteger(value)) this.refuse('cbor.wrong-type', 'a number that cannot be read exactly');
    return [major, value];
  }
}
