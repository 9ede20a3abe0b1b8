export * from './contract.ts';
export * from './light.ts';
export * from './workflow.ts';
