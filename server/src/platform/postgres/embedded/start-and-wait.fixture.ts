import { startEmbeddedPostgres } from './start.ts';

/** A server process for the tests to kill: starts on the folder given and waits. */
const [, , dataFolder = ''] = process.argv;
const postgres = await startEmbeddedPostgres({ dataFolder });
console.log(JSON.stringify({ pid: postgres.pid(), url: postgres.appUrl, uid: process.getuid?.() }));
process.stdin.resume();
process.stdin.once('end', () => void postgres.stop().then(() => process.exit(0)));
