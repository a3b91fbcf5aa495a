/** Somebody asked for this import to stop. */
export class Cancelled extends Error {}
/** Another try of the same import took over, or the import is over. */
export class Superseded extends Error {}
