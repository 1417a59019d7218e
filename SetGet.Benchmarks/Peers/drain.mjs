// Takes what waits in the queue into Redis as a team would by hand: four consumers, batches of ten, one pipeline a batch. It has no order, no
// idempotency and no settings. Arguments: port of its health, endpoint of SQS, URL of the queue, address of Redis.
import http from 'node:http';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Consumer } from 'sqs-consumer';
import { Redis } from 'ioredis';

const [port, endpoint, queueUrl, redisAddress] = process.argv.slice(2);
const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
const redis = new Redis(`redis://${redisAddress}`);

const handleMessageBatch = async messages => {
  const pipeline = redis.pipeline();
  for (const message of messages) {
    const { set } = JSON.parse(message.Body);
    for (const key of set.webhookKeys) pipeline.set(`${set.accountId}/${key}`, JSON.stringify(set.data), 'EX', 86400);
  }
  await pipeline.exec();
  return messages;
};

for (let i = 0; i < 4; i++) Consumer.create({ queueUrl, sqs, batchSize: 10, waitTimeSeconds: 20, handleMessageBatch }).start();
http.createServer((request, response) => response.end('ready')).listen(Number(port), '127.0.0.1');
