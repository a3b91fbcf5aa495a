export { BrakeButton } from './brake-button.tsx';
