// Reads resource type names (a JSON array) from standard input; writes what CloudFormation's schema says of them:
// { resources: { TYPE: { properties, attributes } }, definitions: { ID: { name, properties } } }.
// A property is { type, required }; a type is { kind, element?, definition?, types?, allowed? }.
const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec');

const database = loadAwsServiceSpecSync();
const resources = {};
const definitions = {};

function typeOf(type) {
  switch (type.type) {
    case 'array':
    case 'map':
      return { kind: type.type, element: typeOf(type.element) };
    case 'union':
      return { kind: 'union', types: type.types.map(typeOf) };
    case 'ref':
      return { kind: 'object', definition: define(type.reference.$ref) };
    default:
      return { kind: type.type, ...(type.allowedValues ? { allowed: type.allowedValues.map(String) } : {}) };
  }
}

function propertiesOf(properties) {
  return Object.fromEntries(Object.entries(properties).map(
    ([name, property]) => [name, { type: typeOf(property.type), required: property.required === true }]));
}

function define(id) {
  if (!(id in definitions)) {
    const definition = database.get('typeDefinition', id);
    definitions[id] = { name: definition.name, properties: {} }; // before its properties: definitions may be recursive
    definitions[id].properties = propertiesOf(definition.properties);
  }
  return id;
}

for (const name of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const [resource] = database.lookup('resource', 'cloudFormationType', 'equals', name);
  if (!resource) continue;
  resources[name] = {
    properties: propertiesOf(resource.properties),
    attributes: Object.fromEntries(Object.entries(resource.attributes).map(([attribute, value]) => [attribute, typeOf(value.type)])),
  };
}
process.stdout.write(JSON.stringify({ resources, definitions }));
