export * from './contract.ts';
export * from './contract-instance.ts';
export * from './rules.ts';
