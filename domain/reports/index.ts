export * from './contract.ts';
export * from './rules.ts';
export * from './template.ts';
export * from './burden.ts';
export * from './contract-inquiries.ts';
export * from './kinds-inquiry.ts';
export * from './contract-overview.ts';
