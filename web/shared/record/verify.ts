// The check a party's browser runs on entries and a checkpoint it was given: form, chain, tree and the log's signature, and each entry's signature
// where the certificate is at hand. It trusts nobody. A check of what is in front of it does not see what was held back: compare the checkpoint
// with one noted earlier, or with another party's.
import { type Bytes, concat, fromHex, hexOf, isSame, Refusal, sha256 } from './bytes';
import { type Entry, importSigningKey, isSignedBy, leafOf, readEntry, type TreeHead } from './entry';
import { readCheckpoint } from './note';
import { Tree } from './tree';

export type Finding = { weight: 'notable' | 'refutes'; code: string; place: string; message: string };
export type Checked = {
  operation: string;
  size: number;
  root: string;
  logged: number;
  checkpointSignature: 'valid' | 'not-checked' | 'not-valid';
  signatures: number;
  signaturesNotChecked: number;
  devices: number;
  findings: Finding[];
  isRefuted: boolean;
};

type Device = { key: CryptoKey; from: number; to: number; revoked: boolean };

/**
 * Checks a record from its first entry on.
 * @param charter The charter's bytes, which name the operation and its keys.
 * @param logKey The log's Ed25519 key as the party noted it; it must be the charter's.
 * @param openBodies Texts of open bodies (certificates, revocations), in any order. Entries of a device whose certificate is not among them are
 * counted as not checked, and never as good.
 * @param progress Told now and then how many entries are done.
 * @param remembered A state of this log that somebody noted earlier: a log that was cut back or rewritten shows in no other way.
 */
export async function verifyRecord(entries: readonly Bytes[], checkpoint: string, logKey: Bytes, charter: Bytes, openBodies: readonly Bytes[] = [], remembered?: TreeHead, progress?: (done: number) => void): Promise<Checked> {
  const findings: Finding[] = [];
  const find = (weight: Finding['weight'], code: string, place: string, message: string) => findings.push({ weight, code, place, message });
  const operation = await sha256(charter);
  const devices = new Map<string, Device>();
  const founding = await readCharter(charter).catch((e: unknown) => (find('refutes', e instanceof Refusal ? e.code : 'charter.value', 'charter', (e as Error).message), null));
  if (founding && !isSame(founding.logKey, logKey)) find('refutes', 'charter.other-log', 'charter', 'the log key is not the one the charter names');
  if (founding) devices.set(founding.kid, { key: founding.key, from: 0, to: Infinity, revoked: false });
  const bodies = new Map<string, Bytes>();
  for (const text of openBodies) bodies.set(hexOf(await sha256(concat(new Uint8Array(32), text))), text);
  let point: Checked['checkpointSignature'] = 'not-valid';
  let logged: TreeHead | null = null;
  try {
    const read = await readCheckpoint(checkpoint, operation, logKey);
    [logged, point] = [read, read.signatureChecked ? 'valid' : 'not-checked'];
  } catch (e) {
    find('refutes', e instanceof Refusal ? e.code : 'checkpoint.form', 'checkpoint', (e as Error).message);
  }

  const tree = new Tree();
  const roots = new Map<number, Bytes>([[0, await tree.root()]]);
  const places = new Map<string, string>();
  const next = new Map<string, number>();
  const ids = new Set<string>();
  let [signatures, signaturesNotChecked] = [0, 0];
  for (const [index, bytes] of entries.entries()) {
    const place = `entry ${index}`;
    try {
      const entry = await readEntry(bytes);
      const id = hexOf(entry.id);
      const kid = hexOf(entry.kid);
      if (ids.has(id)) find('refutes', 'entry.twice', place, 'the same entry stands in the record already');
      ids.add(id);
      if (!isSame(entry.header.operation, operation)) find('refutes', 'entry.other-operation', place, 'the entry was signed for another operation');
      const seen = entry.header.seen;
      if (seen.size > index || !isSame(roots.get(seen.size)!, seen.root)) find('refutes', 'entry.seen-other-log', place, 'the signer had seen another log than this one');
      const at = `${kid} ${entry.header.seq}`;
      const before = places.get(at);
      if (before !== undefined && before !== id) find('notable', 'chain.fork', place, `the device signed two entries ${entry.header.seq} of its chain`);
      else places.set(at, id);
      const first = places.get(`${kid} ${entry.header.seq - 1}`);
      if (entry.header.prev && first !== undefined && first !== hexOf(entry.header.prev)) {
        find('notable', 'chain.fork-continued', place, 'the entry follows another entry than the first the record holds for that place of the chain');
      }
      next.set(kid, Math.max(next.get(kid) ?? 0, entry.header.seq + 1));
      const device = devices.get(kid);
      if (!device) signaturesNotChecked++;
      else {
        signatures++;
        if (!(await isSignedBy(entry, device.key))) find('refutes', 'entry.signature', place, 'the signature is not valid for these bytes and the certified key');
        if (device.revoked) find('notable', 'chain.after-revocation', place, 'the pseudonym had been revoked when this entry arrived');
        if (entry.header.claimed.unixMs < device.from || entry.header.claimed.unixMs >= device.to) {
          find('notable', 'chain.outside-certificate', place, 'the time the device claims lies outside the time its certificate covers');
        }
      }
      if (index === 0 && (entry.header.kind !== 'charter' || !(await names(entry, charter)))) find('refutes', 'charter.missing', place, 'entry 0 does not carry this charter');
      if (entry.header.kind === 'key') await readKeyMatter(entry, kid === founding?.kid, bodies, devices, (code, message) => find('refutes', code, place, message));
    } catch (e) {
      find('refutes', e instanceof Refusal ? e.code : 'entry.form', place, (e as Error).message);
    }
    await tree.add(await leafOf(bytes));
    roots.set(index + 1, await tree.root());
    if (index % 64 === 0) progress?.(index);
  }

  if (entries.length === 0) find('refutes', 'charter.missing', 'entry 0', 'there is no entry: a record has at least a charter');
  for (const [kid, count] of next) {
    for (let seq = 0; seq < count; seq++) if (!places.has(`${kid} ${seq}`)) find('notable', 'chain.gap', `chain ${kid}`, `the device's entry ${seq} is not in the record`);
  }
  const hold = (head: TreeHead, missing: string, differs: string, place: string, words: string) => {
    if (head.size > tree.size) find('refutes', missing, place, `${words} ${head.size} entries and ${tree.size} can be read`);
    else if (!isSame(roots.get(head.size)!, head.root)) find('refutes', differs, place, `the entries do not give the root of the ${head.size} entries ${words.replace(/ for$/, '')}`);
  };
  if (logged) hold(logged, 'log.entries-missing', 'log.root-differs', 'checkpoint', 'the log signed for');
  if (remembered) hold(remembered, 'log.rolled-back', 'log.rewritten', 'remembered', 'somebody noted');
  return {
    operation: hexOf(operation),
    size: tree.size,
    root: hexOf(roots.get(tree.size)!),
    logged: logged?.size ?? 0,
    checkpointSignature: point,
    signatures,
    signaturesNotChecked,
    devices: devices.size,
    findings,
    isRefuted: findings.some((f) => f.weight === 'refutes'),
  };
}

async function names(entry: Entry, charter: Bytes): Promise<boolean> {
  const first = entry.header.bodies[0];
  return first !== undefined && isSame(first.blob, await sha256(concat(new Uint8Array(32), charter)));
}

async function readCharter(bytes: Bytes): Promise<{ kid: string; key: CryptoKey; logKey: Bytes }> {
  const charter = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as { safeconduct: string; authority: { kid: string; key: string }; log: { key: string } };
  if (charter.safeconduct !== 'charter 1') throw new Refusal('charter.version', 'not a charter of version 1');
  return { kid: hexOf(fromHex(charter.authority.kid, 16)), key: await importSigningKey(fromHex(charter.authority.key, 65)), logKey: fromHex(charter.log.key, 32) };
}

async function readKeyMatter(entry: Entry, byAuthority: boolean, bodies: Map<string, Bytes>, devices: Map<string, Device>, refute: (code: string, message: string) => void): Promise<void> {
  if (!byAuthority) return refute('key.not-by-authority', "only the operation's authority certifies and revokes");
  const text = bodies.get(hexOf(entry.header.bodies[0]?.blob ?? new Uint8Array()));
  if (!text) return;
  try {
    const matter = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)) as { safeconduct: string; kid: string; key: string; from: number; to: number };
    if (matter.safeconduct === 'certificate 1' && !devices.has(matter.kid)) {
      devices.set(matter.kid, { key: await importSigningKey(fromHex(matter.key, 65)), from: matter.from, to: matter.to, revoked: false });
    } else if (matter.safeconduct === 'certificate 1') refute('key.kid-reused', `the pseudonym ${matter.kid} is certified already`);
    else if (matter.safeconduct === 'revocation 1') {
      const device = devices.get(matter.kid);
      if (device) device.revoked = true;
    } else refute('key.form', 'neither a certificate nor a revocation');
  } catch (e) {
    refute('key.form', (e as Error).message);
  }
}
