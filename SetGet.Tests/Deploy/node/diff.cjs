// What CloudFormation would do with a stack that is updated from one template to another, by the CDK's own comparison:
//   node diff.cjs FORMER.yaml PRESENT.yaml [--json]
// Without --json it is printed as "cdk diff" prints it. The exit code is then 3 where a resource would be, or may be, replaced or deleted: not to be sent
// without a look. Task definitions do not count, for a new revision is the way in which ECS changes one.
const { readFileSync } = require('fs');
const { fullDiff, formatDifferences, ResourceImpact } = require('@aws-cdk/cloudformation-diff');
const yaml = require('yaml');

const REVISED = 'AWS::ECS::TaskDefinition';
const LOSSES = [ResourceImpact.WILL_REPLACE, ResourceImpact.MAY_REPLACE, ResourceImpact.WILL_DESTROY, ResourceImpact.WILL_ORPHAN];

/** A template as JSON would have it: !Ref is { Ref }, any other short form { Fn::NAME }. */
function plain(node) {
  if (node === null) return null;
  let value;
  if (yaml.isMap(node)) value = Object.fromEntries(node.items.map(({ key, value: item }) => [String(key.value), plain(item)]));
  else if (yaml.isSeq(node)) value = node.items.map(plain);
  else value = node.value;
  const name = /^!(\w+)$/.exec(node.tag ?? '')?.[1];
  if (!name) return value;
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  return { [`Fn::${name}`]: name === 'GetAtt' && typeof value === 'string' ? value.split(/\.(.*)/, 2) : value };
}

function read(file) {
  const document = yaml.parseDocument(readFileSync(file, 'utf8'), { logLevel: 'error' });
  if (document.errors.length) throw new Error(`${file}: ${document.errors[0].message}`);
  return plain(document.contents);
}

const [former, present] = process.argv.slice(2, 4).map(read);
const difference = fullDiff(former, present);
const changes = [];
difference.resources.forEachDifference((id, change) => changes.push({ id, type: change.resourceType, impact: change.changeImpact }));
const losses = changes.filter(({ type, impact }) => type !== REVISED && LOSSES.includes(impact));
if (process.argv.includes('--json')) {
  process.stdout.write(JSON.stringify(changes));
} else {
  if (difference.isEmpty) console.log('There is no difference.');
  else formatDifferences(process.stdout, difference);
  if (losses.length) console.log(`Replaced or deleted: ${losses.map(({ id }) => id).join(', ')}`);
  process.exitCode = losses.length ? 3 : 0;
}
