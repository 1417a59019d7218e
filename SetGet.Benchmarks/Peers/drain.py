"""Takes what waits in the queue into Redis as a Lambda function of a team's own would: a handler that gets a batch of ten, and one Redis pipeline
for it. The loop below is what Lambda's event source mapping does around it: receive, invoke, delete. One process, as one instance of the function
is. It has no order, no idempotency and no settings. Arguments: port of its health, endpoint of SQS, URL of the queue, address of Redis."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import boto3
import redis

port, endpoint, queue_url, redis_address = sys.argv[1:5]
redis_host, redis_port = redis_address.rsplit(":", 1)

# Outside of the handler, so that they live as long as the instance does.
store = redis.Redis(host=redis_host, port=int(redis_port))
sqs = boto3.client("sqs", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local")


def handler(event, context):
    pipeline = store.pipeline(transaction=False)
    for record in event["Records"]:
        request = json.loads(record["body"])["set"]
        data = json.dumps(request["data"])
        for key in request["webhookKeys"]:
            pipeline.set(f"{request['accountId']}/{key}", data, ex=86400)
    pipeline.execute()
    return {"batchItemFailures": []}


class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


def run():
    while True:
        messages = sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=20).get("Messages", [])
        if not messages:
            continue
        records = [{"messageId": m["MessageId"], "receiptHandle": m["ReceiptHandle"], "body": m["Body"]} for m in messages]
        failed = {each["itemIdentifier"] for each in handler({"Records": records}, None)["batchItemFailures"]}
        done = [{"Id": str(i), "ReceiptHandle": r["receiptHandle"]} for i, r in enumerate(records) if r["messageId"] not in failed]
        sqs.delete_message_batch(QueueUrl=queue_url, Entries=done)


threading.Thread(target=HTTPServer(("127.0.0.1", int(port)), Health).serve_forever, daemon=True).start()
run()
