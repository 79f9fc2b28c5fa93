import jsqr from 'jsqr';
import qrcode from 'qrcode-generator';
import { expect, test } from 'vitest';
import { partsOf } from './parts.js';

/** The picture as a camera would give it: each module four pixels, four modules of white around. */
function pixelsOf(text: string): { data: Uint8ClampedArray; side: number } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const side = (size + 8) * 4;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / 4) - 4, Math.floor(x / 4) - 4];
      if (row >= 0 && column >= 0 && row < size && column < size && code.isDark(row, column)) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  return { data, side };
}

test('What one phone draws another reads, up to the longest part', async () => {
  const long = Array.from({ length: 1_900 }, (_, n) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[(n * 37) % 64]).join('');
  for (const part of [...(await partsOf(long)), `SC1/0123456789ab/1/9/${long.slice(0, 800)}`]) {
    const { data, side } = pixelsOf(part);
    expect(jsqr(data, side, side)?.data).toBe(part);
  }
});
