export { type BayesAnswer, bayesLift, type NormalPrior } from './bayes.ts';
export { type GuardrailAnswer, type GuardrailInput, guardrail } from './guardrail.ts';
export { type HoldoutReadOut, holdoutReadOut } from './holdout.ts';
export { type Lift, liftOf, type Scale } from './lift.ts';
export { type Sensitivity, type TuningRow, tuningSensitivity, type Verdict } from './sensitivity.ts';
export { defaultTuning, type SequentialAnswer, type SequentialInput, sequentialTest } from './sequential.ts';
export { type Alternative, type TestAnswer, type TestInput, type WelchAnswer, welchTest } from './welch.ts';
