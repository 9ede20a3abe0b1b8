export * from './classes.ts';
export * from './contract-funds.ts';
export * from './contract-works.ts';
export * from './contract.ts';
export * from './kinds-books.ts';
export * from './priority.ts';
export * from './rules.ts';
export * from './rules-works.ts';
