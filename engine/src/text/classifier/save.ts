import { type Plain, readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import { BYTES_A_TEXT } from '../drift/index.ts';
import { checkSaved, hasNumbers, isRecord, modelParts, partsToModel } from '../model/index.ts';
import type { ClassCertificate, TextCertificate, TextClassifier } from './certificate.ts';

const KIND = 'text-classifier';

/** JSON leaves out what is undefined, and so does this. */
const plainClass = ({ threshold, ...rest }: ClassCertificate): Plain => ({
  ...rest,
  tests: rest.tests.map((test) => ({ ...test })),
  ...(threshold === undefined ? {} : { threshold }),
});

/** Model and certificate in one file. @example saveTextClassifier(classifier) */
export const saveTextClassifier = ({ model, certificate }: TextClassifier): Uint8Array<ArrayBuffer> => {
  const { about, arrays } = modelParts(model);
  const { reference, perClass, calibrated, ...rest } = certificate;
  const plain = { ...rest, calibrated: { ...calibrated }, perClass: perClass.map(plainClass) };
  return writeModelFile({
    kind: KIND,
    version: 1,
    about: { model: about, certificate: plain, referenceTexts: reference.texts },
    arrays: { ...arrays, groups: reference.groups, unknown: reference.unknown },
  });
};

type PlainCertificate = Omit<TextCertificate, 'reference' | 'perClass'> & {
  readonly perClass: readonly (Omit<ClassCertificate, 'threshold'> & { readonly threshold?: number })[];
};

const isClass = (value: unknown, name: string | undefined): boolean =>
  isRecord(value) &&
  value['class'] === name &&
  hasNumbers(value, ['target', 'level']) &&
  (value['threshold'] === undefined || hasNumbers(value, ['threshold'])) &&
  Array.isArray(value['tests']) &&
  value['tests'].every((test) => hasNumbers(test, ['threshold', 'answered', 'errors', 'pValue']));

/** A certificate that does not say when it ends or whom it lets answer must not be read as one that never does. */
const isCertificate = (value: unknown, classes: readonly string[]): boolean =>
  isRecord(value) &&
  hasNumbers(value, ['delta', 'knownShare', 'validUntilMs', 'validDays']) &&
  hasNumbers(value['calibrated'], ['texts', 'fromMs', 'untilMs']) &&
  typeof value['drifted'] === 'boolean' &&
  Array.isArray(value['perClass']) &&
  value['perClass'].length === classes.length &&
  value['perClass'].every((each, c) => isClass(each, classes[c]));

/**
 * Milliseconds, as `loadTextModel`.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 * @example loadTextClassifier(bytes)
 */
export const loadTextClassifier = (bytes: Uint8Array): TextClassifier => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [1] });
  const parts = about as unknown as {
    readonly model: Plain;
    readonly certificate: PlainCertificate;
    readonly referenceTexts: number;
  };
  checkSaved('it holds no model', isRecord(parts.model));
  const model = partsToModel({ about: parts.model, arrays });
  checkSaved('its certificate is none of this model', isCertificate(parts.certificate, model.classes));
  const reference = {
    texts: parts.referenceTexts,
    groups: takeArray(arrays, 'groups', Uint8Array),
    unknown: takeArray(arrays, 'unknown', Float32Array),
  };
  checkSaved(
    'the words of its calibration do not fit',
    reference.unknown.length === reference.texts &&
      reference.groups.length === BYTES_A_TEXT * reference.texts,
  );
  const { certificate } = parts;
  const perClass = certificate.perClass.map(({ threshold, ...rest }) => ({ ...rest, threshold }));
  return { kind: 'text_classifier', model, certificate: { ...certificate, perClass, reference } };
};
