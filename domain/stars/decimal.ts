// Exact decimals. Scores are decided on half-way boundaries, and 0.1 + 0.2 is not 0.3 in binary floating point, so the
// meaning of every value is its decimal text and every decision that could fall on a boundary is taken with integers.

/** The number `digits / 10 ** places`; `places` is never negative. */
export type Decimal = { readonly digits: bigint; readonly places: number };

/** A number as it arrives: the text of a file or form, or a JavaScript number, which means its shortest decimal text. */
export type Scalar = string | number;

const shape = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const longestText = 400;

export const zero: Decimal = { digits: 0n, places: 0 };

/** Reads a finite decimal (ASCII digits, one point, optional exponent, spaces around it forgiven); anything else is null. */
export function parseDecimal(given: Scalar): Decimal | null {
  const text = (typeof given === 'number' ? String(given) : given).trim();
  if (text.length > longestText) return null;
  const match = shape.exec(text);
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole.length + fraction.length === 0) return null;
  // 1e999 is written like a number but is not finite anywhere else in the system, so it is refused here too.
  if (!Number.isFinite(Number(text))) return null;
  let digits = BigInt(whole + fraction);
  if (sign === '-') digits = -digits;
  const places = fraction.length - Number(exponent);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

/** For numbers that the standard has already validated. */
export function decimal(given: Scalar): Decimal {
  const parsed = parseDecimal(given);
  if (!parsed) throw new Error(`not a decimal: ${String(given)}`);
  return parsed;
}

/** The integer `value × 10 ** places`; `places` must be at least the value's own. */
export function scaledTo(value: Decimal, places: number): bigint {
  return value.digits * 10n ** BigInt(places - value.places);
}

export function compareDecimal(a: Decimal, b: Decimal): number {
  const places = Math.max(a.places, b.places);
  const left = scaledTo(a, places);
  const right = scaledTo(b, places);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function addDecimal(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places);
  return { digits: scaledTo(a, places) + scaledTo(b, places), places };
}

/** Plain notation without exponent and without trailing zeros after the point. */
export function decimalText(value: Decimal): string {
  let { digits, places } = value;
  while (places > 0 && digits % 10n === 0n) {
    digits /= 10n;
    places -= 1;
  }
  const negative = digits < 0n;
  const all = String(negative ? -digits : digits).padStart(places + 1, '0');
  const text = places === 0 ? all : `${all.slice(0, -places)}.${all.slice(-places)}`;
  return negative ? `-${text}` : text;
}

export function significantDigits(value: Decimal): number {
  const text = String(value.digits < 0n ? -value.digits : value.digits).replace(/0+$/, '');
  return Math.max(1, text.length);
}

/**
 * The number as a double when the double stands for exactly this decimal: up to 15 significant digits, doubles keep both
 * identity and order. Otherwise null, and the caller must stay with integers.
 */
export function asDouble(value: Decimal): number | null {
  if (value.digits === 0n) return 0;
  if (significantDigits(value) > 15) return null;
  const double = Number(decimalText(value));
  const size = Math.abs(double);
  return size > 1e-290 && size < 1e290 ? double : null;
}

/** Floor of a ÷ b for any signs; b is not zero. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** a ÷ b rounded half up (towards plus infinity on the half), b positive. */
export function divideHalfUp(a: bigint, b: bigint): bigint {
  return floorDivide(2n * a + b, 2n * b);
}

/** Hundredths as an integer, or null when the number has more than two decimals. */
export function exactHundredths(given: Scalar): number | null {
  const value = parseDecimal(given);
  if (!value) return null;
  const hundred = value.digits * 100n;
  const unit = 10n ** BigInt(value.places);
  return hundred % unit === 0n ? Number(hundred / unit) : null;
}

/** Hundredths rounded half up. */
export function roundedHundredths(given: Scalar): number | null {
  const value = parseDecimal(given);
  return value && Number(divideHalfUp(value.digits * 100n, 10n ** BigInt(value.places)));
}

/** 1234 → "12.34": how points are printed everywhere. */
export function pointsText(hundredths: number): string {
  const size = Math.abs(hundredths);
  return `${hundredths < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}
