// Numbers as people type them: with the digits of their keyboard.

/** Arabic-Indic and Eastern Arabic-Indic digits as 0 to 9; all else as it is. */
export const plainDigits = (text: string): string => text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));

/** A whole number from 0 to 99,999, nothing where the field is empty, or `wrong`. */
export function countFrom(text: string): number | undefined | 'wrong' {
  const plain = plainDigits(text).trim();
  return plain === '' ? undefined : /^\d{1,5}$/.test(plain) ? Number(plain) : 'wrong';
}
