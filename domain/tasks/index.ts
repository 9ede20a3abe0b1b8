export * from './contract-rounds.ts';
export * from './contract.ts';
export * from './rules.ts';
