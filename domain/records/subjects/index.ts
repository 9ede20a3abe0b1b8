export * from './contract.ts';
export type * from './kind.ts';
export * from './rules.ts';
