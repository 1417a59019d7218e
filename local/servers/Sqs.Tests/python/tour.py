"""A tour of the local SQS server with boto3, in whichever protocol this version of it speaks."""
import json
import sys
import time

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

sqs = boto3.client(
    "sqs", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
    config=Config(retries={"max_attempts": 0}))


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return error.response
    raise AssertionError(f"{code} expected")


def attributes(url, *names):
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(names) or ["All"])["Attributes"]


# Queues.
dead = sqs.create_queue(QueueName="tour-dead")["QueueUrl"]
dead_arn = attributes(dead, "QueueArn")["QueueArn"]
policy = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 1})
url = sqs.create_queue(QueueName="tour", Attributes={"RedrivePolicy": policy}, tags={"team": "a"})["QueueUrl"]
assert sqs.create_queue(QueueName="tour")["QueueUrl"] == url
refused("QueueAlreadyExists", sqs.create_queue, QueueName="tour", Attributes={"DelaySeconds": "5"})
refused("AWS.SimpleQueueService.NonExistentQueue", sqs.get_queue_url, QueueName="none")
refused("InvalidAttributeName", sqs.get_queue_attributes, QueueUrl=url, AttributeNames=["Nonsense"])
refused("InvalidAttributeValue", sqs.set_queue_attributes, QueueUrl=url, Attributes={"DelaySeconds": "901"})
assert set(sqs.list_queues(QueueNamePrefix="tour")["QueueUrls"]) == {url, dead}
page = sqs.list_queues(QueueNamePrefix="tour", MaxResults=1)
assert len(page["QueueUrls"]) == 1 and page["NextToken"]
assert sqs.list_dead_letter_source_queues(QueueUrl=dead)["queueUrls"] == [url]
sqs.tag_queue(QueueUrl=url, Tags={"cost": "1"})
sqs.untag_queue(QueueUrl=url, TagKeys=["team"])
assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"cost": "1"}
sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "60"})
assert attributes(url)["VisibilityTimeout"] == "60"
assert attributes(url)["ApproximateNumberOfMessages"] == "0"

# One message, with attributes; botocore compares the MD5 sums.
sent = sqs.send_message(
    QueueUrl=url, MessageBody="h\u00e9 <&>\r\n\U0001f600",
    MessageAttributes={
        "text": {"DataType": "String", "StringValue": "x"},
        "number": {"DataType": "Number.int", "StringValue": "12"},
        "binary": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    },
    MessageSystemAttributes={"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1-5759e988-bd862e3fe1be46a994272793"}})
received = sqs.receive_message(
    QueueUrl=url, WaitTimeSeconds=2, MessageAttributeNames=["te.*", "binary"], AttributeNames=["All"])["Messages"]
assert len(received) == 1
message = received[0]
assert message["Body"] == "h\u00e9 <&>\r\n\U0001f600", message
assert message["MessageId"] == sent["MessageId"]
assert set(message["MessageAttributes"]) == {"text", "binary"}
assert message["MessageAttributes"]["binary"]["BinaryValue"] == b"\x00\xff"
assert message["Attributes"]["ApproximateReceiveCount"] == "1"
assert message["Attributes"]["AWSTraceHeader"].startswith("Root=")
assert attributes(url)["ApproximateNumberOfMessagesNotVisible"] == "1"
sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=120)
refused("InvalidParameterValue", sqs.change_message_visibility, QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=43201)
refused("ReceiptHandleIsInvalid", sqs.delete_message, QueueUrl=url, ReceiptHandle="nonsense")
sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
refused("InvalidParameterValue", sqs.change_message_visibility, QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=1)
refused("MissingParameter", sqs.send_message, QueueUrl=url, MessageBody="")
refused("InvalidParameterValue", sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=11)

# Batches.
batch = sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": f"{i}", "MessageBody": f"m{i}"} for i in range(10)])
assert len(batch["Successful"]) == 10
refused("AWS.SimpleQueueService.TooManyEntriesInBatchRequest", sqs.send_message_batch, QueueUrl=url,
        Entries=[{"Id": f"{i}", "MessageBody": "x"} for i in range(11)])
refused("AWS.SimpleQueueService.BatchEntryIdsNotDistinct", sqs.send_message_batch, QueueUrl=url,
        Entries=[{"Id": "a", "MessageBody": "x"}, {"Id": "a", "MessageBody": "y"}])
messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
assert sorted(m["Body"] for m in messages) == sorted(f"m{i}" for i in range(10))
changed = sqs.change_message_visibility_batch(QueueUrl=url, Entries=[
    {"Id": f"{i}", "ReceiptHandle": m["ReceiptHandle"], "VisibilityTimeout": 0} for i, m in enumerate(messages[:5])])
assert len(changed["Successful"]) == 5
deleted = sqs.delete_message_batch(QueueUrl=url, Entries=[
    {"Id": f"{i}", "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(messages[5:])])
assert len(deleted["Successful"]) == 5

# Redrive at maxReceiveCount, and back with a move task.
assert "Messages" not in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
assert attributes(dead)["ApproximateNumberOfMessages"] == "5"
if hasattr(sqs, "start_message_move_task"):
    task = sqs.start_message_move_task(SourceArn=dead_arn)
    assert task["TaskHandle"]
    for _ in range(100):
        result = sqs.list_message_move_tasks(SourceArn=dead_arn)["Results"][0]
        if result["Status"] == "COMPLETED":
            break
        time.sleep(0.05)
    assert result["ApproximateNumberOfMessagesMoved"] == 5, result
    assert attributes(url)["ApproximateNumberOfMessages"] == "5"
    refused("ResourceNotFoundException", sqs.start_message_move_task, SourceArn=dead_arn + "-none")
sqs.purge_queue(QueueUrl=url)
sqs.purge_queue(QueueUrl=url)

# FIFO.
fifo = sqs.create_queue(QueueName="tour.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
first = sqs.send_message(QueueUrl=fifo, MessageBody="1", MessageGroupId="g")
again = sqs.send_message(QueueUrl=fifo, MessageBody="1", MessageGroupId="g")
assert first["SequenceNumber"] == again["SequenceNumber"] and first["MessageId"] == again["MessageId"]
sqs.send_message(QueueUrl=fifo, MessageBody="2", MessageGroupId="g")
refused("MissingParameter", sqs.send_message, QueueUrl=fifo, MessageBody="x")
one = sqs.receive_message(QueueUrl=fifo, MaxNumberOfMessages=1, AttributeNames=["All"])["Messages"]
assert one[0]["Body"] == "1" and one[0]["Attributes"]["MessageGroupId"] == "g"
assert "Messages" not in sqs.receive_message(QueueUrl=fifo)
sqs.delete_message(QueueUrl=fifo, ReceiptHandle=one[0]["ReceiptHandle"])
assert sqs.receive_message(QueueUrl=fifo)["Messages"][0]["Body"] == "2"

for queue in (url, dead, fifo):
    sqs.delete_queue(QueueUrl=queue)
refused("AWS.SimpleQueueService.NonExistentQueue", sqs.send_message, QueueUrl=url, MessageBody="x")
print("tour done:", sqs.meta.service_model.protocol_name if hasattr(sqs.meta.service_model, "protocol_name") else sqs.meta.service_model.metadata["protocol"])
