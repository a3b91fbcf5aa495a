/** Called now and then while long work goes on; what it throws ends the work. */
export type Pulse = () => void;
