export * from './answers.ts';
export * from './contract.ts';
export * from './contract-shared.ts';
export * from './cycle-rules.ts';
export * from './decision-rules.ts';
