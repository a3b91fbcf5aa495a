/** What the person typed cannot be done; the message says what, where and what to do. */
export class WrongInput extends Error {}
