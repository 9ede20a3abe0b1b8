import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { news } from '../../domain/records/jobs/contract.ts';

/** Which reads a piece of news makes stale, by the first part of the endpoint's name. */
const touched: Readonly<Record<string, readonly string[]>> = {
  case: ['cases', 'inbox', 'stars', 'notices', 'tasks', 'rounds', 'events', 'overview'],
  event: ['events', 'eventSeries'],
  fact: ['facts', 'stars', 'confirmations'],
  standing: ['stars', 'overview'],
  job: ['jobs', 'imports'],
  notice: ['notices', 'inbox'],
  evidence: ['evidence', 'stars'],
  assignment: ['assignments', 'org', 'forces', 'accounts'],
  unit: ['units'],
  publication: ['publications', 'stars'],
};

/** Listens to what others change, so that a page that stays open stays right. News is gathered for half a second. */
export function useNews(): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(news.stream.path);
    const kinds = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const areas = new Set([...kinds].flatMap((kind) => touched[kind] ?? [kind]));
      kinds.clear();
      void client.invalidateQueries({
        predicate: (query) => areas.has(String(query.queryKey[0]).split('.')[0] ?? ''),
      });
    };
    source.addEventListener('news', (event) => {
      kinds.add((JSON.parse(event.data as string) as { kind: string }).kind);
      timer ??= setTimeout(tell, 500);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client]);
}
