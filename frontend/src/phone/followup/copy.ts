/** Copies what a field holds. Over plain http there is no clipboard to write to, but what is selected can be copied as by hand. */
export async function copyFrom(field: HTMLTextAreaElement): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(field.value).then(
      () => true,
      () => false,
    );
  }
  field.focus();
  field.select();
  return document.execCommand('copy');
}
