/** A fair queue of one. Who waits too long is told so: better a refusal than a page that never comes. */
export interface Turns {
  take(): Promise<void>;
  give(): void;
}

export function turns(timeoutMs: number): Turns {
  const line: { go: () => void }[] = [];
  let taken = false;
  return {
    take: () => {
      if (!taken) {
        taken = true;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const place = { go: resolve };
        const timer = setTimeout(() => {
          line.splice(line.indexOf(place), 1);
          // The code that a server gives when it takes no more connections; it is answered as "busy".
          reject(Object.assign(new Error(`No turn at the database within ${timeoutMs} ms.`), { code: '53300' }));
        }, timeoutMs);
        place.go = () => {
          clearTimeout(timer);
          resolve();
        };
        line.push(place);
      });
    },
    give: () => {
      const first = line.shift();
      if (first) first.go();
      else taken = false;
    },
  };
}
