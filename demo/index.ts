export { setOut } from './clock.ts';
export { demoAccounts, loadDemo } from './load.ts';
export { demoPlay } from './play.ts';
