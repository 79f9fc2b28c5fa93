// The record in TypeScript against the vectors that every language runs. `device.json` is made here (SAFECONDUCT_WRITE_VECTORS=1) and opened in C#.
import { describe, expect, test } from 'vitest';
import bodyVectors from '../../../formats/vectors/body.json';
import cborVectors from '../../../formats/vectors/cbor.json';
import charterVectors from '../../../formats/vectors/charter.json';
import checkpointVectors from '../../../formats/vectors/checkpoint.json';
import deviceText from '../../../formats/vectors/device.json?raw';
import entryVectors from '../../../formats/vectors/entry.json';
import statementVectors from '../../../formats/vectors/statements.json';
import treeVectors from '../../../formats/vectors/tree.json';
import * as record from './index';
import { type Bytes, fromHex, hexOf, utf8 } from './index';

const codeOf = async (act: () => Promise<unknown>): Promise<string | null> => act().then(() => null, (e: unknown) => (e instanceof record.Refusal ? e.code : String(e)));

describe('Vectors', () => {
  test.each(cborVectors)('CBOR: $name', async (v) => expect(await codeOf(() => record.readEntry(fromHex(v.entry)))).toBe(v.code));

  test.each(entryVectors)('An entry: $name', async (v) => {
    const entry = await record.readEntry(fromHex(v.entry));
    expect([hexOf(entry.id), hexOf(entry.kid), hexOf(await record.leafOf(entry.bytes)), entry.header.seq]).toEqual([v.id, v.kid, v.leaf, v.seq]);
    expect(await record.isSignedBy(entry, await record.importSigningKey(fromHex(v.key)))).toBe(v.signatureValid);
  });

  test('A header written again gives the same id', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    for (const v of entryVectors) {
      const entry = await record.readEntry(fromHex(v.entry));
      const again = await record.signEntry(entry.header, entry.kid, pair.privateKey);
      expect(hexOf(again.id)).toBe(v.id);
      expect(await record.isSignedBy(await record.readEntry(again.bytes), pair.publicKey)).toBe(true);
    }
  });

  test('Lengths of blobs', () => {
    for (const [text, blob] of bodyVectors.lengths) expect(record.blobLength(text!)).toBe(blob);
  });

  test('Roots and proofs of the tree', async () => {
    const tree = new record.Tree();
    const leaves: Bytes[] = [];
    expect(hexOf(await tree.root())).toBe(treeVectors.roots[0]);
    for (const [i, entry] of treeVectors.entries.entries()) {
      leaves.push(await record.leafOf(fromHex(entry)));
      await tree.add(leaves[i]!);
      expect(hexOf(await tree.root())).toBe(treeVectors.roots[i + 1]);
    }
    for (const v of treeVectors.inclusion) {
      const head = { size: v.size, root: fromHex(treeVectors.roots[v.size]!) };
      const proof = v.proof.map((h) => fromHex(h));
      expect(await record.includes(leaves[v.index]!, v.index, head, proof)).toBe(true);
      expect(await record.includes(leaves[v.index]!, v.index, { ...head, root: fromHex(treeVectors.roots[0]!) }, proof)).toBe(false);
      expect(await record.includes(leaves[v.index]!, v.index, head, [...proof, proof[0] ?? new Uint8Array(32)])).toBe(false);
    }
  });

  test('Checkpoints', async () => {
    for (const v of checkpointVectors.notes) {
      let size: number | null = null;
      expect(await codeOf(async () => (size = (await record.readCheckpoint(v.note, fromHex(checkpointVectors.operation), fromHex(checkpointVectors.key))).size))).toBe(v.code);
      expect(size).toBe(v.size);
    }
  });

  // What the browser's own Ed25519 takes in beyond the strict rules (points of small order) is WebCrypto's matter; good ones and plainly bad ones must agree.
  test('Ed25519', async () => {
    for (const v of checkpointVectors.ed25519.filter((one) => one.valid)) {
      const [key, message, signature] = [fromHex(v.key), fromHex(v.message), fromHex(v.signature)];
      expect(await record.verifyEd25519(key, message, signature)).toBe(true);
      expect(await record.verifyEd25519(key, record.concat(message, Uint8Array.of(1)), signature)).toBe(false);
    }
  });

  test.each(statementVectors.accepted)('The bytes of a statement: $name', (v) => {
    const { v: _, ...fields } = JSON.parse(v.body) as record.Fields;
    expect(new TextDecoder().decode(record.statementBytes(fields))).toBe(v.body);
    const turned = Object.fromEntries(Object.entries(fields).reverse());
    expect(new TextDecoder().decode(record.statementBytes(turned))).toBe(v.body);
  });
});

describe('A record that a party checks for itself', () => {
  const charter = utf8(charterVectors[0]!.charter);
  const logKey = fromHex(checkpointVectors.key);
  const note = checkpointVectors.notes[0]!.note;
  const entries = entryVectors.slice(0, 4).map((v) => fromHex(v.entry));

  test('A whole record stands up to its check', async () => {
    const checked = await record.verifyRecord(entries, note, logKey, charter);
    expect(checked.findings).toEqual([]);
    expect([checked.size, checked.root, checked.checkpointSignature, checked.signatures, checked.signaturesNotChecked]).toEqual([4, checkpointVectors.notes[0]!.root, 'valid', 2, 2]);
  });

  test.each<[string, string, (all: Bytes[]) => Bytes[]]>([
    ['an entry taken away', 'log.entries-missing', (all) => all.slice(0, 3)],
    ['an entry put elsewhere', 'log.root-differs', (all) => [all[0]!, all[1]!, all[3]!, all[2]!]],
    ['an entry twice', 'entry.twice', (all) => [...all, all[3]!]],
    ['a byte changed in a signature', 'entry.signature', (all) => [all[0]!, changed(all[1]!, -70), ...all.slice(2)]],
    ['nothing at all', 'charter.missing', () => []],
  ])('%s is found', async (_, code, tamper) => {
    const checked = await record.verifyRecord(tamper(entries), note, logKey, charter);
    expect(checked.isRefuted).toBe(true);
    expect(checked.findings.map((f) => f.code)).toContain(code);
  });

  test('A log that was cut back shows against what was noted earlier', async () => {
    const checked = await record.verifyRecord(entries, note, logKey, charter, [], { size: 5, root: new Uint8Array(32) });
    expect(checked.findings.map((f) => f.code)).toEqual(['log.rolled-back']);
  });

  const changed = (bytes: Bytes, at: number): Bytes => {
    const copy = bytes.slice();
    copy[copy.length + at + 20]! ^= 1;
    return copy;
  };
});

describe('A device', () => {
  const device = JSON.parse(deviceText) as Record<string, string>;

  // The random parts follow from a seed, except the ephemeral pair, which WebCrypto alone can draw.
  test('seals and signs what the room opens', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    const to = { point: fromHex(device.sealingKey!, 65), operation: fromHex(device.operation!, 32) };
    const photo = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
    const statement = record.statementBytes({
      id: record.newStatementId(),
      kind: 'headcount',
      by: { id: 'mission/observers', name: 'Observers of the mission', kind: 'own-observers' },
      basis: 'counted',
      said_at: '2031-05-02T14:25:00+03:00',
      about: '2031-05-02T14:10:00+03:00',
      said: { measure: 'passed', counted: { unit: 'people', of: 'all', bound: { low: 42, high: 42 } } },
      paraphrase: 'علامة \u{1f68c}\u00a0"quoted" \\ \u007f',
      attached: [{ sha256: hexOf(await record.sha256(photo)), media: 'image/jpeg' }],
      handling: 'room',
      consent: 'not-needed',
    });
    const bodies = [await record.sealBody(to, statement, 'application/json'), await record.sealBody(to, photo, 'application/octet-stream')];
    const claimed: record.Claimed = { unixMs: 1481871600000, source: 2, uncertaintyMs: 500, sinceBootMs: null, boot: null };
    const kid = record.random(16);
    const header: record.Header = { operation: to.operation, seq: 0, prev: null, claimed, seen: { size: 0, root: await record.emptyRoot() }, met: [], kind: 'statement', refs: [], bodies: bodies.map((b) => b.name) };
    const entry = await record.signEntry(header, kid, pair.privateKey);
    expect(bodies.map((b) => [b.blob.length, b.wrapped.length, b.wrapped[0]])).toEqual([[2048, 142, 2], [2048, 142, 2]]);
    expect(record.isLow(entry.signature)).toBe(true);
    const fs = (await import(/* @vite-ignore */ ['node', 'fs'].join(':'))) as { writeFileSync(path: string, text: string): void };
    const env = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process.env;
    if (env.SAFECONDUCT_WRITE_VECTORS === '1') {
      const made = {
        operationKey: bodyVectors.operationKey,
        sealingKey: device.sealingKey,
        operation: device.operation,
        key: hexOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
        kid: hexOf(kid),
        entry: hexOf(entry.bytes),
        id: hexOf(entry.id),
        statement: new TextDecoder().decode(statement),
        attached: hexOf(photo),
        blobs: bodies.map((b) => hexOf(b.blob)),
        wrapped: bodies.map((b) => hexOf(b.wrapped)),
      };
      fs.writeFileSync(new URL('../../../formats/vectors/device.json', import.meta.url).pathname, `${JSON.stringify(made, null, 2)}\n`);
    }
  });

  test.runIf(device.entry)('wrote the entry of the vectors', async () => {
    const entry = await record.readEntry(fromHex(device.entry!));
    expect(hexOf(entry.id)).toBe(device.id);
    expect(await record.isSignedBy(entry, await record.importSigningKey(fromHex(device.key!)))).toBe(true);
  });

  test('signs with the lower of the two values of s, always', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
    const header: record.Header = { operation: new Uint8Array(32), seq: 0, prev: null, claimed: { unixMs: 0, source: 0, uncertaintyMs: null, sinceBootMs: null, boot: null }, seen: { size: 0, root: await record.emptyRoot() }, met: [], kind: 'statement', refs: [], bodies: [] };
    for (let i = 0; i < 40; i++) {
      const entry = await record.signEntry(header, new Uint8Array(16), pair.privateKey);
      expect(record.isLow(entry.signature)).toBe(true);
      expect(await record.isSignedBy(await record.readEntry(entry.bytes), pair.publicKey)).toBe(true);
    }
  });

  test('gives ids that can be read aloud and do not repeat', () => {
    const ids = Array.from({ length: 1000 }, () => record.newStatementId());
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^F-[0-9abcdefghjkmnpqrstvwxyz]{12}$/);
  });
});
