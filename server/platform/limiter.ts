/** Counts tries per key in a window; `false` means that this one is too many. Kept in memory, one per process. */
export interface Limiter {
  allow(key: string, now: Date): boolean;
}

const mostKeys = 50_000;

export function limiter(tries: number, windowMs: number): Limiter {
  const windows = new Map<string, { from: number; count: number }>();
  return {
    allow: (key, now) => {
      const at = now.getTime();
      const w = windows.get(key);
      if (!w || at - w.from >= windowMs || at < w.from) {
        // A flood of invented names must not fill the memory: the oldest windows go first.
        if (windows.size >= mostKeys)
          for (const old of [...windows.keys()].slice(0, mostKeys / 10)) windows.delete(old);
        windows.delete(key);
        windows.set(key, { from: at, count: 1 });
        return tries >= 1;
      }
      w.count++;
      return w.count <= tries;
    },
  };
}
