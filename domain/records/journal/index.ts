export * from './contract.ts';
export * from './verbs.ts';
