/** Puts the focus on the heading of a view that has just appeared, so that a screen reader begins there. */
export function takeFocus(heading: HTMLElement): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

/** Puts the focus into the one field of a view that has just appeared: what is typed next belongs there, without another tap. */
export function takeTyping(field: HTMLElement): void {
  field.focus({ preventScroll: true });
  scrollTo({ top: 0 });
}
