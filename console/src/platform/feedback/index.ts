export { Notices, tell, tellError, tellWithUndo } from './notices.tsx';
