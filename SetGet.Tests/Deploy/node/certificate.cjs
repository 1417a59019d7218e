// Runs the function of service.yaml that makes certificates, against an ACM and a CloudFormation that are played here.
// Standard input: { code, event, failures: [names of errors that ACM's calls throw, in order] };
// standard output: { calls: [{ name, input }], answer }.
const { code, event, failures } = JSON.parse(require('fs').readFileSync(0, 'utf8'));

const calls = [];
let answer = null;

class ImportCertificateCommand { constructor(input) { this.input = input; } }
class DeleteCertificateCommand { constructor(input) { this.input = input; } }
class ACMClient {
  async send(command) {
    const text = value => Buffer.isBuffer(value) ? value.toString() : value;
    calls.push({ name: command.constructor.name, input: Object.fromEntries(Object.entries(command.input).map(([key, value]) => [key, text(value)])) });
    const failure = failures.shift();
    if (failure) throw Object.assign(new Error('played'), { name: failure });
    return { CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/1' };
  }
}

const https = {
  request(url, options, respond) {
    return {
      on() {},
      end(body) {
        answer = { url, method: options.method, body: JSON.parse(body) };
        respond({ resume() {}, on(name, done) { if (name === 'end') done(); } });
      },
    };
  },
};
const modules = { https, '@aws-sdk/client-acm': { ACMClient, ImportCertificateCommand, DeleteCertificateCommand } };
const module_ = { exports: {} };
new Function('require', 'exports', 'module', 'setTimeout', 'console', code)(
  name => modules[name] ?? require(name), module_.exports, module_, resume => resume(), { error() {} });
module_.exports.handler(event).then(() => process.stdout.write(JSON.stringify({ calls, answer })));
