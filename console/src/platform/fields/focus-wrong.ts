interface FormWithNodes {
  readonly getInputNode: (path: string) => HTMLElement | null;
}

/** For `form.onSubmit(save, focusWrong(form))`: the first field that is wrong takes the focus. */
export const focusWrong =
  (form: FormWithNodes) =>
  (errors: object): void => {
    const [first] = Object.keys(errors);
    if (first !== undefined) form.getInputNode(first)?.focus();
  };
