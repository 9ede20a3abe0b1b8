export * from './profit.ts';
