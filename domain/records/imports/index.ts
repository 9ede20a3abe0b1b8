export * from './columns.ts';
export * from './contract.ts';
export * from './reasons.ts';
export * from './subject-columns.ts';
export * from './values.ts';
