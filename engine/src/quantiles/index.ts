export { sampleQuantile } from './sample-quantile.ts';
export {
  createQuantileSketch,
  type QuantileSketch,
  type SketchQuantile,
  type SketchState,
} from './sketch.ts';
