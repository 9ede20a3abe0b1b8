// Exact decimals as text: numbers of the records never pass through binary floating point.

const shape = /^([+-]?)(\d+)(?:\.(\d+))?$/;

interface Parts {
  readonly digits: bigint;
  readonly scale: number;
}

/** Plain text of a decimal, without leading and trailing zeros; null when it is not one. */
export function tidyDecimal(text: string): string | null {
  const found = shape.exec(text);
  if (!found) return null;
  const whole = found[2]!.replace(/^0+(?=\d)/, '');
  const fraction = (found[3] ?? '').replace(/0+$/, '');
  const plain = fraction === '' ? whole : `${whole}.${fraction}`;
  return found[1] === '-' && plain !== '0' ? `-${plain}` : plain;
}

/** Digits after the point, trailing zeros not counted. */
export function decimalsOf(text: string): number {
  return (tidyDecimal(text)?.split('.')[1] ?? '').length;
}

function parts(text: string): Parts {
  const found = shape.exec(text);
  if (!found) throw new Error(`Not a decimal: ${text}`);
  const fraction = (found[3] ?? '').replace(/0+$/, '');
  const digits = BigInt(found[2]! + fraction);
  return { digits: found[1] === '-' ? -digits : digits, scale: fraction.length };
}

const shortWhole = /^-?\d{1,15}$/;

/** Most numbers are counts: whole and short enough that a binary number holds them and their sum exactly. */
const areShort = (a: string, b: string): boolean => shortWhole.test(a) && shortWhole.test(b);

function textOf(digits: bigint, scale: number): string {
  const negative = digits < 0n;
  const all = String(negative ? -digits : digits).padStart(scale + 1, '0');
  const plain = scale === 0 ? all : `${all.slice(0, -scale)}.${all.slice(-scale)}`;
  return tidyDecimal(`${negative ? '-' : ''}${plain}`)!;
}

function aligned(a: string, b: string): [bigint, bigint, number] {
  const x = parts(a);
  const y = parts(b);
  const scale = Math.max(x.scale, y.scale);
  return [x.digits * 10n ** BigInt(scale - x.scale), y.digits * 10n ** BigInt(scale - y.scale), scale];
}

export function addDecimals(a: string, b: string): string {
  if (areShort(a, b)) return String(Number(a) + Number(b));
  const [x, y, scale] = aligned(a, b);
  return textOf(x + y, scale);
}

export function subtractDecimals(a: string, b: string): string {
  if (areShort(a, b)) return String(Number(a) - Number(b));
  const [x, y, scale] = aligned(a, b);
  return textOf(x - y, scale);
}

export function compareDecimals(a: string, b: string): number {
  const [x, y] = areShort(a, b) ? [Number(a), Number(b)] : aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** `a × times ÷ b`, rounded half away from zero to `decimals`; null when b is zero. */
export function divideDecimals(a: string, b: string, decimals: number, times = 1): string | null {
  const [x, y] = aligned(a, b);
  if (y === 0n) return null;
  if (x === 0n) return '0';
  const top = x * BigInt(times) * 10n ** BigInt(decimals);
  const negative = top < 0n !== y < 0n;
  const n = top < 0n ? -top : top;
  const d = y < 0n ? -y : y;
  const rounded = (2n * n + d) / (2n * d);
  return textOf(negative ? -rounded : rounded, decimals);
}
