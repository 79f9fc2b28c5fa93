// A long text as short ones, each fit for one picture (QR code), in any order and with repeats; and back.
// A part reads `SCP1/number/of/check/text`, the check being the first eight hexadecimal digits of the whole text's SHA-256.

/** Characters of one picture's text: a code of this length is still read from a scratched screen in sunlight. */
export const partLength = 400;

async function checkOf(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...hash.slice(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Four digits for two people to compare: whoever shows another text shows other digits, 9,999 times of 10,000. */
export const digitsOf = async (text: string): Promise<string> => String(Number.parseInt(await checkOf(text), 16) % 10_000).padStart(4, '0');

export async function partsOf(text: string): Promise<string[]> {
  const check = await checkOf(text);
  const of = Math.max(1, Math.ceil(text.length / partLength));
  return Array.from({ length: of }, (_, n) => `SCP1/${n + 1}/${of}/${check}/${text.slice(n * partLength, (n + 1) * partLength)}`);
}

const form = /^SCP1\/(\d{1,4})\/(\d{1,4})\/([0-9a-f]{8})\/(.*)$/s;

/** How many different parts are there and how many there must be; of the text whose part came first. */
export function progressOf(parts: readonly string[]): { got: number; of: number } {
  const first = parts.map((part) => form.exec(part)).find((match) => match !== null);
  if (!first) return { got: 0, of: 0 };
  return { got: new Set(parts.map((part) => form.exec(part)).filter((match) => match?.[3] === first[3]).map((match) => match![1])).size, of: Number(first[2]) };
}

/** The whole text, or nothing where a part is missing or differs from what was cut. */
export async function wholeOf(parts: readonly string[]): Promise<string | undefined> {
  const { got, of } = progressOf(parts);
  if (of === 0 || got < of) return undefined;
  const read = parts.map((part) => form.exec(part)).filter((match) => match !== null);
  const text = Array.from({ length: of }, (_, n) => read.find((match) => match[1] === String(n + 1) && match[3] === read[0]![3])?.[4] ?? '').join('');
  return (await checkOf(text)) === read[0]![3] ? text : undefined;
}
