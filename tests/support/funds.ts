import { ledgers } from '../../domain/records/ledgers/index.ts';
import type { Works } from './works.ts';

/** Opens creation funds and posts what they receive and spend; sums in fen. */
export function fundsOf(as: Works['as']) {
  async function fund(unitId: number, client = as.clerk) {
    const { id } = await client.ok(ledgers.open, {
      body: { kind: 'creation-fund', unitId, title: '创建资金账', openedOn: '2025-01-01' },
    });
    return id;
  }

  const received = (
    id: string,
    amount: number,
    fundSource: string,
    onDay: string,
    purpose?: string,
    client = as.clerk,
  ) =>
    client.call(ledgers.post, {
      params: { id },
      body: {
        onDay,
        text: '资金下达',
        lines: [
          { account: 'asset:bank', amount },
          { account: 'income:received', amount: -amount, fundSource, ...(purpose ? { purpose } : {}) },
        ],
      },
    });
  const spent = (id: string, amount: number, fundSource: string, purpose: string, onDay = '2026-02-10') =>
    as.clerk.call(ledgers.post, {
      params: { id },
      body: {
        onDay,
        text: '支出',
        lines: [
          { account: 'expense:paid', amount, fundSource, purpose },
          { account: 'asset:bank', amount: -amount },
        ],
      },
    });

  return { fund, received, spent };
}

export type Funds = ReturnType<typeof fundsOf>;
