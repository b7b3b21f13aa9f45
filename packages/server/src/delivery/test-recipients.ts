/** `ada+clerk_test@example.com`, and whatever else begins with that tag. */
const testEmailAddress = /\+clerk_test[^@]*@/
/** The numbers from 555-0100 to 555-0199 of any area, which nobody has (North American Numbering Plan). */
const testPhoneNumber = /^\+1\d{3}55501\d{2}$/

/** Whether an address or number is one that tests use, and that no message is ever sent to in a development instance. */
export const isTestRecipient = (recipient: string): boolean =>
  testEmailAddress.test(recipient) || testPhoneNumber.test(recipient)
