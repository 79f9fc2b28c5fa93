// The log's tree: RFC 9162, section 2.1 (formats/tree.md).
import { type Bytes, concat, isSame, sha256 } from './bytes';
import type { TreeHead } from './entry';

export { leafOf } from './entry';

export const nodeOf = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(concat(Uint8Array.of(1), left, right));

/** A tree that grows at its end and keeps one hash a level: enough for roots, and small on a phone. */
export class Tree {
  private readonly edge: (Bytes | undefined)[] = [];
  size = 0;

  async add(leaf: Bytes): Promise<void> {
    let hash = leaf;
    let level = 0;
    for (let left = this.edge[level]; left; left = this.edge[++level]) {
      hash = await nodeOf(left, hash);
      this.edge[level] = undefined;
    }
    this.edge[level] = hash;
    this.size++;
  }

  async root(): Promise<Bytes> {
    let hash: Bytes | undefined;
    for (const left of this.edge) if (left) hash = hash ? await nodeOf(left, hash) : left;
    return hash ?? sha256(new Uint8Array());
  }
}

const half = (n: number): number => Math.floor(n / 2);

/** Whether a proof leads from a leaf at an index to the root: RFC 9162, section 2.1.3.2. */
export async function includes(leaf: Bytes, index: number, tree: TreeHead, proof: readonly Bytes[]): Promise<boolean> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= tree.size) return false;
  let [fn, sn, hash] = [index, tree.size - 1, leaf];
  for (const step of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeOf(step, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = await nodeOf(hash, step);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && isSame(hash, tree.root);
}
