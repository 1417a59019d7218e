// Accepts what is posted as a team would by hand: one SQS call a request, 202 once SQS has it.
// Arguments: port, endpoint of SQS, URL of the queue.
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';

const [port, endpoint, queue] = process.argv.slice(2);
const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

http.createServer(async (request, response) => {
  if (request.method !== 'POST') return response.end('ready');
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const set = JSON.parse(text);
    const head = { v: 1, id: randomUUID(), acceptedAt: Date.now(), sender: 'root' };
    const body = `${JSON.stringify(head).slice(0, -1)},"set":${text}}`;
    await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: body, MessageGroupId: set.accountId }));
    response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify({ id: head.id, webhookKeys: set.webhookKeys }));
  } catch (fault) {
    response.writeHead(500).end(String(fault));
  }
}).listen(Number(port), '127.0.0.1');
