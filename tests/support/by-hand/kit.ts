export * from './county.ts';
export * from './lay.ts';
export * from './rows-agreed.ts';
export * from './rows.ts';
