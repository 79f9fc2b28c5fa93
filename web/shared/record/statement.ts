// The bytes of a statement, as formats/statement.md says and as the server writes them: fields in the order of its table, no space between tokens.
import { type Bytes, random, Refusal, utf8 } from './bytes';

/** A value of JSON. In `said` the fields stand in the order of the kind's page; the caller gives them so. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json | undefined };
export type Fields = { [name: string]: Json | undefined };

const orders: Record<string, readonly string[]> = {
  '': ['v', 'id', 'kind', 'by', 'relayed_by', 'basis', 'said_at', 'about', 'about_words', 'from', 'to', 'via', 'modality', 'said', 'measured', 'words', 'paraphrase', 'citation', 'reception', 'attached', 'handling', 'consent', 'links', 'imported'],
  by: ['id', 'name', 'kind', 'speaker', 'office', 'body', 'roles'],
  relayed_by: ['id', 'name', 'kind', 'speaker', 'office', 'body', 'roles'],
  measured: ['low', 'high', 'approximate', 'unit'],
  words: ['text', 'language', 'document_sha256', 'start', 'end'],
  reception: ['channel', 'heard_at', 'read_back', 'counted_by'],
  attached: ['sha256', 'media'],
  links: ['relation', 'to'],
  imported: ['row', 'edition', 'unmapped'],
};

/** The bytes of a statement. Empty fields (absent, null, false, an empty list or text) say nothing and are left out; a field not listed is refused. */
export function statementBytes(statement: Fields): Bytes {
  const bytes = utf8(objectOf({ v: 1, ...statement }, ''));
  if (bytes.length > 262_144) throw new Refusal('body.too-large', `A statement has at most 262,144 bytes; this has ${bytes.length}.`);
  return bytes;
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id that no other device makes: F- and 60 random bits in Crockford's digits, which can be read aloud. */
export const newStatementId = (): string => `F-${Array.from(random(12), (b) => alphabet[b % 32]).join('')}`;

const saysNothing = (value: Json | undefined): boolean => value === undefined || value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);

function objectOf(fields: Fields, path: string): string {
  const order = orders[path]!;
  const unknown = Object.keys(fields).find((name) => !order.includes(name));
  if (unknown) throw new Refusal('body.unknown-field', `'${unknown}' is not a field here; the fields are ${order.join(', ')}.`);
  const members = order.filter((name) => !saysNothing(fields[name])).map((name) => `${text(name)}:${valueOf(fields[name]!, path === '' ? name : '*')}`);
  return `{${members.join(',')}}`;
}

function valueOf(value: Json, name: string): string {
  if (name in orders && name !== '') {
    if (Array.isArray(value)) return `[${value.map((v) => valueOf(v, name)).join(',')}]`;
    if (typeof value === 'object' && value !== null) return objectOf(value, name);
  }
  return plain(value);
}

function plain(value: Json): string {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(plain).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, v]) => v !== undefined && v !== null);
  return `{${members.map(([k, v]) => `${text(k)}:${plain(v!)}`).join(',')}}`;
}

const short: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// As .NET's relaxed writer does: everything it does not hold for a plain character of the first plane is written by its number.
const text = (value: string): string => {
  if (/\p{Cs}/u.test(value)) throw new Refusal('body.broken-text', 'A text holds half a character (an unpaired surrogate).');
  return `"${value.replace(/["\\]|[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}]|(?! )\p{Zs}|[\u{10000}-\u{10ffff}]/gu, (c) => short[c] ?? escaped(c))}"`;
};

const escaped = (c: string): string => Array.from({ length: c.length }, (_, i) => `\\u${c.charCodeAt(i).toString(16).toUpperCase().padStart(4, '0')}`).join('');
