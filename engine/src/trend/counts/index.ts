export { type CountLaw, countLowerTail, countUpperTail, logRatio } from './count-law.ts';
