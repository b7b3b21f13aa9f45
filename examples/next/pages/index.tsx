/** For everybody. Nothing of the SDK is here: what a page imports is sent to the browser, and the key must not be. */
export default function Home() {
  return (
    <main>
      <h1>Clerk and Next</h1>
      <p>
        <a href="/api/hello">/api/hello</a> greets everybody, and who is signed in by their id.
      </p>
      <p>
        <a href="/api/profile">/api/profile</a> is for who is signed in; everybody else gets 401.
      </p>
    </main>
  )
}
