// A tour of the local SQS server with the AWS SDK for JavaScript (JSON protocol) and with sqs-consumer.
import assert from 'node:assert/strict';
import * as aws from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';

const endpoint = process.argv[2];
const sqs = new aws.SQS({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1 });
const refused = (name, call) => assert.rejects(call, (error) => {
  assert.equal(error.name, name, `${error.name}: ${error.message}`);
  return true;
});

// Queues.
const { QueueUrl: dead } = await sqs.createQueue({ QueueName: 'node-dead' });
const { Attributes: { QueueArn: deadArn } } = await sqs.getQueueAttributes({ QueueUrl: dead, AttributeNames: ['QueueArn'] });
const redrive = JSON.stringify({ deadLetterTargetArn: deadArn, maxReceiveCount: 1 });
const { QueueUrl: url } = await sqs.createQueue({ QueueName: 'node', Attributes: { RedrivePolicy: redrive, VisibilityTimeout: '30' }, tags: { a: 'b' } });
await refused('QueueNameExists', () => sqs.createQueue({ QueueName: 'node', Attributes: { VisibilityTimeout: '31' } }));
await refused('QueueDoesNotExist', () => sqs.getQueueUrl({ QueueName: 'none' }));
assert.deepEqual((await sqs.listQueues({ QueueNamePrefix: 'node' })).QueueUrls.sort(), [url, dead].sort());
assert.deepEqual((await sqs.listDeadLetterSourceQueues({ QueueUrl: dead })).queueUrls, [url]);
assert.deepEqual((await sqs.listQueueTags({ QueueUrl: url })).Tags, { a: 'b' });

// Messages; the SDK compares the MD5 sums.
const body = 'h\u00e9 "<&>" \r\n\u{1F600}';
await sqs.sendMessage({ QueueUrl: url, MessageBody: body, MessageAttributes: {
  text: { DataType: 'String', StringValue: 'x' }, binary: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) } } });
const { Messages: [message] } = await sqs.receiveMessage({
  QueueUrl: url, WaitTimeSeconds: 2, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
assert.equal(message.Body, body);
assert.equal(message.Attributes.ApproximateReceiveCount, '1');
assert.deepEqual([...message.MessageAttributes.binary.BinaryValue], [0, 255]);
await sqs.changeMessageVisibility({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 60 });
await sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle });
await refused('ReceiptHandleIsInvalid', () => sqs.deleteMessage({ QueueUrl: url, ReceiptHandle: 'nonsense' }));
await refused('EmptyBatchRequest', () => sqs.sendMessageBatch({ QueueUrl: url, Entries: [] }));

// A long poll that is answered by a send.
const poll = sqs.receiveMessage({ QueueUrl: url, WaitTimeSeconds: 20 });
await sqs.sendMessage({ QueueUrl: url, MessageBody: 'woken' });
const { Messages: [woken] } = await poll;
assert.equal(woken.Body, 'woken');
await sqs.changeMessageVisibility({ QueueUrl: url, ReceiptHandle: woken.ReceiptHandle, VisibilityTimeout: 0 });
assert.equal((await sqs.receiveMessage({ QueueUrl: url })).Messages, undefined);
assert.equal((await sqs.receiveMessage({ QueueUrl: dead })).Messages[0].Body, 'woken');

// sqs-consumer: batches, in order of a FIFO queue.
const { QueueUrl: fifo } = await sqs.createQueue({ QueueName: 'node.fifo', Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' } });
for (let i = 0; i < 3; i++) {
  const Entries = Array.from({ length: 10 }, (_, j) => ({ Id: `${j}`, MessageBody: `${i * 10 + j}`, MessageGroupId: 'g' }));
  assert.equal((await sqs.sendMessageBatch({ QueueUrl: fifo, Entries })).Successful.length, 10);
}

const seen = [];
await new Promise((resolve, reject) => {
  const consumer = Consumer.create({
    queueUrl: fifo, sqs, batchSize: 10, waitTimeSeconds: 1, suppressFifoWarning: true,
    handleMessageBatch: async (messages) => {
      seen.push(...messages.map((item) => Number(item.Body)));
      return messages;
    },
  });
  consumer.on('error', reject);
  consumer.on('processing_error', reject);
  consumer.on('response_processed', () => {
    if (seen.length === 30) {
      consumer.stop();
      resolve();
    }
  });
  consumer.start();
});
assert.deepEqual(seen, Array.from({ length: 30 }, (_, i) => i));
const { Attributes: counts } = await sqs.getQueueAttributes({ QueueUrl: fifo, AttributeNames: ['All'] });
assert.equal(counts.ApproximateNumberOfMessages, '0');

for (const QueueUrl of [url, dead, fifo]) await sqs.deleteQueue({ QueueUrl });
await refused('QueueDoesNotExist', () => sqs.sendMessage({ QueueUrl: url, MessageBody: 'x' }));
console.log('tour done');
process.exit(0);
