export { dot32, dot64, dotAlone32, dotAlone64 } from './dot';
export { gram32, gram64 } from './gram';
export {
  columnStrips32,
  columnStrips64,
  diagonal32,
  diagonal64,
  panelStrips32,
  panelStrips64,
  rowStrips32,
  rowStrips64,
  takeDiagonal32,
  takeDiagonal64,
  update32,
  update64,
} from './blocks';
export { solveRows, turnRows } from './rows';
export { sparseTimesDense } from './sparse';
export { topK } from './top-k';
