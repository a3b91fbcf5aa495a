import { engineError } from '../../errors/index.ts';
import { type Plain, readModelFile, takeArray, writeModelFile } from '../../model-file/index.ts';
import type { ForecastModel } from './model.ts';

const KIND = 'forecast';
const VERSION = 2;

/** As bytes; loaded again it forecasts the same to the bit. @example saveForecast(model) */
export const saveForecast = ({ kind, dynamics, ...about }: ForecastModel): Uint8Array => {
  if (dynamics.kind === 'intermittent') {
    const { sizes, ...fit } = dynamics.fit;
    return writeModelFile({
      kind,
      version: VERSION,
      about: { ...about, fit } as unknown as Plain,
      arrays: { sizes },
    });
  }
  const { smoothing, state, errors } = dynamics;
  const { season, ...place } = state;
  return writeModelFile({
    kind,
    version: VERSION,
    about: { ...about, smoothing, place } as unknown as Plain,
    arrays: { season, errors },
  });
};

/**
 * Reads what `saveForecast` wrote.
 *
 * @throws EngineError `version_mismatch`, `damaged`
 * @example forecast(loadForecast(bytes), { horizon: 7 })
 */
export const loadForecast = (bytes: Uint8Array): ForecastModel => {
  const { about, arrays } = readModelFile(bytes, { kind: KIND, versions: [VERSION] });
  // The checksum says that these are the words that were written.
  const { fit, smoothing, place, ...rest } = about as unknown as Readonly<Record<string, object | undefined>>;
  const dynamics = fit
    ? { kind: 'intermittent', fit: { ...fit, sizes: takeArray(arrays, 'sizes', Float64Array) } }
    : {
        kind: 'smoothing',
        smoothing,
        state: { ...place, season: takeArray(arrays, 'season', Float64Array) },
        errors: takeArray(arrays, 'errors', Float64Array),
      };
  const model = { ...rest, kind: KIND, dynamics } as unknown as ForecastModel;
  const drawn = model.dynamics.kind === 'smoothing' ? model.dynamics.errors : model.dynamics.fit.sizes;
  if (
    drawn.length === 0 ||
    (model.dynamics.kind === 'smoothing' && model.dynamics.state.season.length !== model.period)
  )
    throw engineError('damaged', 'the arrays of the forecast do not fit its period', {
      period: model.period,
    });
  return model;
};
