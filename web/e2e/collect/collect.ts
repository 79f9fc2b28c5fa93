// A phone with an OpenRosa client on it, as strict as ODK Collect is: asks HEAD before it sends and takes 204 alone for a yes, believes only 201 and 202, compares
// every hash, and throws a whole list away for one bad form. (OpenRosa 1.0: Form Discovery, Form Submission, HTTP Request.)
import { createHash, randomBytes } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import { JSDOM } from 'jsdom';

export interface Listed {
  readonly formID: string;
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly downloadUrl: string;
  readonly manifestUrl?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What a person reads on the phone, where the answer is an OpenRosaResponse. */
  readonly message: string | undefined;
}

/** A form as it lies on the phone: its XML and the files it asks for. */
export interface Blank {
  readonly listed: Listed;
  readonly xml: string;
  readonly media: ReadonlyMap<string, Buffer>;
}

const md5 = (bytes: Buffer): string => `md5:${createHash('md5').update(bytes).digest('hex')}`;

const { DOMParser } = new JSDOM('').window;

export function parsed(bytes: Buffer, what: string): Document {
  const document = new DOMParser().parseFromString(bytes.toString('utf8'), 'application/xml');
  if (document.querySelector('parsererror')) throw new Error(`${what} is not XML: ${bytes.toString('utf8').slice(0, 300)}`);
  return document;
}

const text = (parent: Element, name: string): string | undefined => [...parent.children].find((x) => x.localName === name)?.textContent?.trim();

export class Collect {
  /** The address that a person types in or scans: with the token of an app user in it. */
  constructor(
    readonly address: string,
    readonly authorization?: (method: string, uri: string) => string,
  ) {}

  ask(method: string, address: string, body?: Buffer | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
    const url = new URL(address);
    return new Promise((done, fail) => {
      const asking = request(
        url,
        {
          method,
          headers: {
            'X-OpenRosa-Version': '1.0',
            Date: new Date().toUTCString(),
            'User-Agent': 'org.odk.collect.android/v2025.1 Dalvik/2.1.0',
            ...(this.authorization ? { Authorization: this.authorization(method, url.pathname + url.search) } : {}),
            ...(body ? { 'Content-Length': String(body.byteLength) } : {}),
            ...headers,
          },
        },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', fail);
          answer.on('end', () => done(read(answer.statusCode!, answer.headers, Buffer.concat(pieces))));
        },
      );
      asking.on('error', fail);
      asking.end(body);
    });
  }

  /** The list, held to everything that a client holds it to. */
  async forms(): Promise<Listed[]> {
    const answer = await this.ask('GET', `${this.address}/formList`);
    this.must(answer, 200, 'formList');
    const root = parsed(answer.body, 'formList').documentElement;
    if (root.localName !== 'xforms' || root.namespaceURI !== 'http://openrosa.org/xforms/xformsList') throw new Error(`formList is {${root.namespaceURI}}${root.localName}`);
    const listed = [...root.children].map((x) => {
      if (x.localName !== 'xform' || x.namespaceURI !== root.namespaceURI) throw new Error(`formList holds {${x.namespaceURI}}${x.localName}`);
      const [formID, name, version, hash, downloadUrl, manifestUrl] = ['formID', 'name', 'version', 'hash', 'downloadUrl', 'manifestUrl'].map((part) => text(x, part));
      if (!formID || !name || !downloadUrl || !/^md5:[0-9a-f]{32}$/.test(hash ?? '')) throw new Error(`A form of the list can not be used: ${x.outerHTML}`);
      return { formID, name, version: version ?? '', hash: hash!, downloadUrl, manifestUrl };
    });
    if (new Set(listed.map((x) => x.formID)).size !== listed.length) throw new Error('A form stands in the list twice');
    return listed;
  }

  /** The form and what its manifest names, each held to its hash. */
  async download(listed: Listed): Promise<Blank> {
    const form = await this.ask('GET', listed.downloadUrl);
    this.must(form, 200, listed.formID);
    if (md5(form.body) !== listed.hash) throw new Error(`${listed.formID}: the list says ${listed.hash}, the form is ${md5(form.body)}`);
    const media = new Map<string, Buffer>();
    if (listed.manifestUrl) {
      const manifest = await this.ask('GET', listed.manifestUrl);
      this.must(manifest, 200, `the manifest of ${listed.formID}`);
      const root = parsed(manifest.body, 'manifest').documentElement;
      if (root.localName !== 'manifest' || root.namespaceURI !== 'http://openrosa.org/xforms/xformsManifest') throw new Error(`The manifest is {${root.namespaceURI}}${root.localName}`);
      for (const file of root.children) {
        const bytes = await this.ask('GET', text(file, 'downloadUrl')!);
        if (bytes.status !== 200 || md5(bytes.body) !== text(file, 'hash')) throw new Error(`${text(file, 'filename')}: ${bytes.status}, ${md5(bytes.body)} where the manifest says ${text(file, 'hash')}`);
        media.set(text(file, 'filename')!, bytes.body);
      }
    }
    return { listed, xml: form.body.toString('utf8'), media };
  }

  /** Whether the server wants to hear, and how much in one go: what a client asks before it sends. */
  async head(): Promise<{ limit: number; answer: Answer }> {
    const answer = await this.ask('HEAD', this.submission);
    this.must(answer, 204, 'HEAD /submission');
    return { limit: Number(answer.headers['x-openrosa-accept-content-length']), answer };
  }

  get submission(): string {
    return `${this.address}/submission?deviceID=collect%3Aphone-1`;
  }

  /** One request as the engine made it, or in parts of somebody's own. */
  async post(data: FormData, headers: Record<string, string> = {}): Promise<Answer> {
    const { body, type } = await bytesOf(data);
    return this.ask('POST', this.submission, body, { 'Content-Type': type, ...headers });
  }

  /** All parts of one submission, one after another, each told apart from the last as OpenRosa says: '*isIncomplete*' is the host's word, not the engine's. */
  async deliver(parts: readonly FormData[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const [i, part] of parts.entries()) {
      if (i < parts.length - 1) part.set('*isIncomplete*', 'yes');
      answers.push(await this.post(part));
      if (!isSuccess(answers.at(-1)!)) break;
    }
    return answers;
  }

  private must(answer: Answer, status: number, what: string): void {
    if (answer.status !== status) throw new Error(`${what} answers ${answer.status} where ${status} was to come: ${answer.body.toString('utf8').slice(0, 400)}`);
    if (answer.headers['x-openrosa-version'] !== '1.0') throw new Error(`${what} does not say X-OpenRosa-Version: 1.0`);
    if (!answer.headers.date) throw new Error(`${what} says no Date`);
    if (status === 200 && !/^(text\/xml; charset=utf-8)$/i.test(answer.headers['content-type'] ?? '')) throw new Error(`${what} is ${answer.headers['content-type']}`);
  }
}

/** The only two answers after which a client forgets what it sent. */
export const isSuccess = (answer: Answer): boolean => answer.status === 201 || answer.status === 202;

/** The bytes and the type of a form as a browser puts them on the wire. */
export async function bytesOf(data: FormData): Promise<{ body: Buffer; type: string }> {
  const wire = new Response(data);
  return { body: Buffer.from(await wire.arrayBuffer()), type: wire.headers.get('content-type')! };
}

/** A submission of a given XML, as one request. */
export function submissionOf(xml: string | Buffer, files: readonly File[] = []): FormData {
  const data = new FormData();
  data.set('xml_submission_file', new File([xml as BlobPart], 'xml_submission_file', { type: 'text/xml' }));
  for (const file of files) data.set(file.name, file);
  return data;
}

function read(status: number, headers: IncomingHttpHeaders, body: Buffer): Answer {
  let message: string | undefined;
  if (body.length > 0 && /^text\/xml/.test(headers['content-type'] ?? '')) {
    const root = parsed(body, 'The answer').documentElement;
    if (root.localName === 'OpenRosaResponse' && root.namespaceURI === 'http://openrosa.org/http/response') message = text(root, 'message');
  }
  return { status, headers, body, message };
}

/** What RFC 2617 makes a client with a password say: MD5, with qop 'auth'. One nonce for all of its requests, each counted. */
export function digest(user: string, password: string, challenge: string): (method: string, uri: string) => string {
  const said = (name: string): string => new RegExp(`\\b${name}="?([^",]+)"?`).exec(challenge)?.[1] ?? '';
  const hash = (...words: string[]): string => createHash('md5').update(words.join(':')).digest('hex');
  const [realm, nonce, opaque] = [said('realm'), said('nonce'), said('opaque')];
  const secret = hash(user, realm, password);
  let count = 0;
  return (method, uri) => {
    const [nc, cnonce] = [(++count).toString(16).padStart(8, '0'), randomBytes(8).toString('hex')];
    const response = hash(secret, nonce, nc, cnonce, 'auth', hash(method, uri));
    return `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", algorithm=MD5, qop=auth, nc=${nc}, cnonce="${cnonce}", response="${response}"${opaque ? `, opaque="${opaque}"` : ''}`;
  };
}
