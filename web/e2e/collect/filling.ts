// Filling a form through the engine's own interface, as somebody at a screen would: what the screen does not show can not be answered, and an item that it does not
// offer can not be chosen.
import { type Blank } from './collect.ts';
import { engine, type Node, type Root } from './engine.ts';

export type Value = string | number | Date | File | readonly string[] | readonly Answers[];
/** What is answered, by the question's name; a list of answers of their own is a repeat, each added by hand. */
export interface Answers {
  readonly [question: string]: Value;
}

export interface Filler {
  /** A new sheet of the form, with its own instanceID. */
  sheet(): Root;
}

export async function openedIn(blank: Blank): Promise<Filler> {
  const form = await (await engine()).loadForm(blank.xml, {
    fetchFormAttachment: async (address) => {
      const name = String(address).split('/').at(-1)!;
      const bytes = blank.media.get(name);
      if (!bytes) return new Response('', { status: 404 });
      const type = name.endsWith('.csv') ? 'text/csv' : name.endsWith('.geojson') ? 'application/geo+json' : 'text/xml';
      return new Response(new Uint8Array(bytes), { headers: { 'content-type': type } });
    },
  });
  if (form.status === 'failure') throw form.error;
  return { sheet: () => form.createInstance({ preloadProperties: { deviceID: 'collect:phone-1' } }).root };
}

export const nameOf = (node: Node): string => node.currentState.reference.split('/').at(-1)!.replace(/\[\d+\]$/, '');

/** Every question of the sheet that is shown, groups opened, in the order of the screen. */
export function* questions(node: Node): Generator<Node> {
  for (const child of (node.currentState.children ?? []) as readonly Node[]) {
    if (!child.currentState.relevant) continue;
    if (child.nodeType === 'group' || child.nodeType === 'repeat-instance') yield* questions(child);
    else if (child.nodeType !== 'model-value' && child.nodeType !== 'note') yield child;
  }
}

/** Answers until nothing more is to be answered: an answer may show other questions. Says which of the answers found no question. */
export function fill(sheet: Node, answers: Answers): string[] {
  const answered = new Set<string>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const question of questions(sheet)) {
      const name = nameOf(question);
      if (answered.has(name) || !(name in answers)) continue;
      answer(question, answers[name]!);
      answered.add(name);
      changed = true;
    }
  }
  return Object.keys(answers).filter((name) => !answered.has(name));
}

function answer(question: Node, value: Value): void {
  switch (question.nodeType) {
    case 'select': {
      const values = typeof value === 'string' ? [value] : (value as readonly string[]);
      const offered = question.currentState.valueOptions.map((x) => x.value);
      for (const item of values) if (!offered.includes(item)) throw new Error(`${question.currentState.reference} offers ${offered.join(', ')} and not ${item}`);
      question.selectValues(values);
      return;
    }
    case 'input':
      (question as { setValue(value: unknown): unknown }).setValue(question.valueType === 'int' ? BigInt(value as number) : value);
      return;
    case 'range':
      (question as { setValue(value: unknown): unknown }).setValue(question.valueType === 'int' ? BigInt(value as number) : value);
      return;
    case 'upload':
      question.setValue(value as File);
      return;
    case 'trigger':
      (question as { setValue(value: unknown): unknown }).setValue(value === 'OK');
      return;
    case 'repeat-range:uncontrolled': {
      for (const [i, one] of (value as readonly Answers[]).entries()) {
        if (question.currentState.children.length <= i) question.addInstances();
        const missed = fill(question.currentState.children[i]! as Node, one);
        if (missed.length > 0) throw new Error(`${question.currentState.reference} has no question ${missed.join(', ')}`);
      }
      return;
    }
    default:
      throw new Error(`${question.currentState.reference} is a ${question.nodeType}`);
  }
}

/** What the engine says is still wrong with the sheet, in the words that the screen would show. */
export const violations = (sheet: Root): string[] => sheet.validationState.violations.map((x) => `${x.reference}: ${x.violation.condition} ${x.violation.message?.asString}`);

/** The sheet as the engine serialises it, in one request. Throws where the engine would not let it be sent. */
export async function whole(sheet: Root): Promise<FormData> {
  const payload = await sheet.prepareInstancePayload({ payloadType: 'monolithic' });
  if (payload.status !== 'ready') throw new Error(`The engine holds the sheet back: ${violations(sheet).join('; ')}`);
  return payload.data[0] as FormData;
}

/** The same in parts, none larger than the server takes at once. */
export async function inParts(sheet: Root, maxSize: number): Promise<readonly FormData[]> {
  const payload = await sheet.prepareInstancePayload({ payloadType: 'chunked', maxSize });
  if (payload.status !== 'ready') throw new Error(`The engine holds the sheet back: ${violations(sheet).join('; ')}`);
  return payload.data as readonly FormData[];
}

export const xmlOf = (part: FormData): Promise<string> => (part.get('xml_submission_file') as File).text();
export const idOf = (xml: string): string => /<(?:\w+:)?instanceID>([^<]+)</.exec(xml)![1]!;
