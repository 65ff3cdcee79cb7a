// The number that a person signs in with. Chinese input methods write full-width digits and stray spaces.

/** A number as it is compared: NFKC, no spaces, lower case. `Ａ００1 ` and `a001` are the same. */
export function tidyNumber(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
}
