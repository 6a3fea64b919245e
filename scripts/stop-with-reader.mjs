// For scripts that print as they go: a reader that has seen enough, such as `head`, ends them without a stack.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})
