import { type Plain, readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import { modelParts, partsToModel } from '../model/index.ts';
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
  return {
    kind: 'text_classifier',
    model: partsToModel({ about: parts.model, arrays }),
    certificate: {
      ...parts.certificate,
      perClass: parts.certificate.perClass.map(({ threshold, ...rest }) => ({ ...rest, threshold })),
      reference: {
        texts: parts.referenceTexts,
        groups: takeArray(arrays, 'groups', Uint8Array),
        unknown: takeArray(arrays, 'unknown', Float32Array),
      },
    },
  };
};
