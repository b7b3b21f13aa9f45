import type { Page } from 'playwright-core'

/** What a person does on the pages of clerk-js, by what they read there. */

export interface Person {
  firstName: string
  address: string
  password: string
}

export const ada: Person = { firstName: 'Ada', address: 'ada@example.com', password: 'engines and 1842 notes' }
export const grace: Person = { firstName: 'Grace', address: 'grace@example.com', password: 'compilers of 1952 ships' }

const goOn = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click()

/** Fills in the page to sign up, as far as the code that is sent then. */
export async function signUp(page: Page, { firstName, address, password }: Person): Promise<void> {
  await page.getByLabel('First name').fill(firstName)
  await page.getByLabel('Email address').fill(address)
  await typePassword(page, password)
  await codeField(page).waitFor()
}

const codeField = (page: Page) => page.getByLabel(/verification code/i).first()

/** The field goes on by itself after the last digit. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await codeField(page).focus()
  await page.keyboard.type(code)
}

export async function signIn(page: Page, { address, password }: Person): Promise<void> {
  await page.getByLabel('Email address').fill(address)
  await goOn(page)
  await typePassword(page, password)
}

export async function typePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password)
  await goOn(page)
}
