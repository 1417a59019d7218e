// Holds the templates of a folder (the first argument) against two public rule sets, and writes what these find: [{ rule, template, resource }].
// AWS Control Tower's rules, by cfn-guard, see a template as it is written; cdk-nag's see it as the CDK reads it.
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { App, Stack } = require('aws-cdk-lib/core');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks, ServerlessChecks } = require('cdk-nag');

const folder = process.argv[2];
const templates = fs.readdirSync(folder).filter(name => name.endsWith('.yaml'));
const findings = new Map();

function add(rule, template, resource) {
  findings.set([rule, template, resource].join(), { rule, template, resource });
}

// Every path into the template that a failed check tells of begins with the resource that it is about.
function resourcesOf(node, found = new Set()) {
  if (node === null || typeof node !== 'object') return found;
  const [, resource] = (typeof node.path === 'string' && /^\/Resources\/([^/]+)/.exec(node.path)) || [];
  if (resource) found.add(resource);
  Object.values(node).forEach(value => resourcesOf(value, found));
  return found;
}

function guard() {
  const root = path.dirname(require.resolve('@cdklabs/cdk-validator-cfnguard/package.json'));
  const program = path.join(root, 'bin', os.platform() === 'darwin' ? 'macos' : 'ubuntu', os.arch() === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
  const rules = path.join(root, 'rules', 'control-tower', 'cfn-guard');
  let report;
  try {
    report = execFileSync(program, ['validate', '--rules', rules, '--data', folder, '--show-summary', 'none', '-o', 'json', '--structured'], { maxBuffer: 1 << 28 });
  } catch (failure) {
    if (failure.status !== 19) throw failure; // 19: some rule is broken, which is what the report tells
    report = failure.stdout;
  }
  for (const { name, not_compliant: broken } of JSON.parse(report)) {
    for (const { Rule: rule } of broken) {
      const resources = resourcesOf(rule.checks);
      if (resources.size === 0) throw new Error(`${rule.name} names no resource of ${name}`);
      resources.forEach(resource => add(rule.name, path.basename(name), resource));
    }
  }
}

function nag(template) {
  const app = new App({ analyticsReporting: false });
  new CfnInclude(new Stack(app, 'stack'), 'template', { templateFile: path.join(folder, template) });
  for (const pack of [new AwsSolutionsChecks(app), new ServerlessChecks(app)]) {
    for (const { ruleName, violatingResources } of pack.validateScope(app).violations) {
      const [rule] = ruleName.split('[');
      violatingResources.forEach(({ constructPath }) => add(rule, template, constructPath.split('/').pop()));
    }
  }
}

guard();
templates.forEach(nag);
process.stdout.write(JSON.stringify([...findings.values()]));
