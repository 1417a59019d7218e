// Reads [{template, variables}] as JSON from standard input; writes [{output} or {error}].
const { render } = require('velocityjs');
let text = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (part) => { text += part; });
process.stdin.on('end', () => {
  const results = JSON.parse(text).map(({ template, variables }) => {
    try {
      return { output: render(template, variables) };
    } catch (error) {
      return { error: String(error.message) };
    }
  });
  process.stdout.write(JSON.stringify(results));
});
