export * from './contract.ts';
export * from './giving.ts';
export * from './reasons.ts';
export * from './roles.ts';
export * from './rules.ts';
export * from './stars.ts';
