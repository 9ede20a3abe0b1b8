export * from './contract.ts';
export * from './personal.ts';
export * from './rules.ts';
