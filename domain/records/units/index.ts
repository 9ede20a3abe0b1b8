export * from './contract.ts';
export * from './rules.ts';
export * from './types.ts';
