export * from './all.ts';
export type * from './catalogue.ts';
export * from './contract.ts';
export * from './rules.ts';
