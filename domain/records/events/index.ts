export * from './contract.ts';
export * from './contract-series.ts';
export * from './kind.ts';
export * from './periods.ts';
export * from './rules.ts';
