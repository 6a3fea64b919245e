/** Version of this package, as reports and the command line state it; a test holds it to package.json. */
export const version = '0.1.0'
