import { ApiError } from '@mesure/contract/client';
import { forgetEverything } from '@mesure/server';
import { readConfig } from '@mesure/server/config';
import { demoFolderOf, runDemo, runOnce } from './demo.ts';
import { readOptions, WrongOptions } from './options.ts';

const fail = (message: string, code: number): never => {
  process.stderr.write(`${message}\n`);
  return process.exit(code);
};

try {
  const options = readOptions(process.argv.slice(2));
  const read = readConfig();
  if (!read.ok) fail(read.problems.join('\n'), 2);
  else {
    const dataFolder = demoFolderOf(read.config);
    if (options.once) {
      await runOnce(read.config, options);
      process.exit();
    }
    if (options.reset) {
      await forgetEverything({ ...read.config, dataFolder });
      process.stderr.write(`The demo’s data in ${dataFolder} is gone.\n`);
    }
    const only = options.reset && process.argv.slice(2).every((argument) => argument === '--reset');
    if (!only) await runDemo({ ...read.config, dataFolder }, options);
  }
} catch (error) {
  if (error instanceof WrongOptions) fail(error.message, 2);
  // What the server refused is about the files that were given: its words help, a stack does not.
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
  const known = refused || (error instanceof Error && error.name === 'AppError');
  fail(error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error), 1);
}
