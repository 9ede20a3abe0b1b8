import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type { Endpoint } from '../../domain/contract.ts';
import { accounts, type Me } from '../../domain/records/accounts/index.ts';
import { keepTime } from './clock.ts';
import { call, type Input, isRefusal, type Refusal } from './call.ts';

let signedOut = () => {};

/** What to do when a session has ended while a page was open. */
export function onSignedOut(act: () => void): void {
  signedOut = act;
}

const noticeSignOut = (error: unknown) => {
  if (isRefusal(error) && error.status === 401 && error.code === 'sign-in-first') signedOut();
};

/** Who is signed in is answered with the clock of the platform, by which pages count their days. */
const keepClock = (data: unknown, query: { readonly queryKey: readonly unknown[] }) => {
  if (query.queryKey[0] === accounts.me.name) keepTime((data as Me).now);
};

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut, onSuccess: keepClock }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && (!isRefusal(error) || error.status === 0 || error.status === 503),
    },
  },
});

/** How a read is fetched and cached: the endpoint's name first, so that news about it can invalidate every page of it. */
export function reading<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B> = {},
) {
  return queryOptions<z.output<R>, Refusal>({
    queryKey: [endpoint.name, input.params ?? {}, input.query ?? {}],
    queryFn: ({ signal }) => call(endpoint, input, signal),
  });
}

interface ReadOptions {
  /** False: do not ask yet, something it needs is not chosen. */
  readonly when?: boolean;
  /** Ask again after so many milliseconds: only while a job runs. */
  readonly every?: number | false;
}

/** Reads an endpoint; while the input changes, the former answer stays on the screen. */
export function useRead<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  input: Input<P, Q, B> = {},
  options: ReadOptions = {},
): UseQueryResult<z.output<R>, Refusal> {
  return useQuery({
    ...reading(endpoint, input),
    enabled: options.when ?? true,
    refetchInterval: options.every ?? false,
    placeholderData: keepPreviousData,
  });
}

/** Changes something through an endpoint. Afterwards every page asks again for what it shows: few queries, always right. */
export function useChange<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  options: { onDone?: (reply: z.output<R>) => void } = {},
): UseMutationResult<z.output<R>, Refusal, Input<P, Q, B>> {
  const client = useQueryClient();
  return useMutation<z.output<R>, Refusal, Input<P, Q, B>>({
    mutationFn: (input) => call(endpoint, input),
    onSuccess: async (reply) => {
      await client.invalidateQueries();
      options.onDone?.(reply);
    },
  });
}
