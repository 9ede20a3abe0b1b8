export * from './contract.ts';
export * from './ref.ts';
export * from './rules.ts';
export * from './difference.ts';
