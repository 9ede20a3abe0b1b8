/** Fen as yuan with two digits; what is not known is a dash and no zero. */
export function yuan(fen: number | null): string {
  if (fen === null) return '—';
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
