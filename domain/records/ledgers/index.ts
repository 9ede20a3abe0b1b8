export * from './amounts.ts';
export * from './contract.ts';
export * from './contract-views.ts';
export * from './kind.ts';
export * from './reasons.ts';
export * from './rules.ts';
