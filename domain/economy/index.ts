export * from './contract.ts';
export * from './incomes.ts';
export * from './profit.ts';
