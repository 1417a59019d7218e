using System.Text;
using System.Text.Json.Nodes;

namespace Aws.Tests;

/// <summary>A client of the fault test: one call after the other, until the server is gone.</summary>
internal sealed class FaultClient(HttpClient http, Uri endpoint, FaultLedger ledger)
{
    /// <summary>Seconds: far more than a client takes from receive to delete.</summary>
    private const string VisibilityTimeout = "30";
    private const int Groups = 32;
    private static readonly string[] Queues = ["standard", "ordered.fifo"];
    private static readonly SemaphoreSlim OneFifoSender = new(1, 1);

    public async Task CreateQueuesAsync()
    {
        var attributes = new JsonObject { ["VisibilityTimeout"] = VisibilityTimeout };
        await CallAsync("CreateQueue", new JsonObject { ["QueueName"] = "standard", ["Attributes"] = attributes });
        attributes = new JsonObject { ["VisibilityTimeout"] = VisibilityTimeout, ["FifoQueue"] = "true" };
        await CallAsync("CreateQueue", new JsonObject { ["QueueName"] = "ordered.fifo", ["Attributes"] = attributes });
    }

    public Task SendAsync(CancellationToken stop) => UntilGoneAsync(SendOneAsync, stop);

    public Task ReceiveAsync(CancellationToken stop) => UntilGoneAsync(() => ReceiveOneAsync(wait: 1), stop);

    /// <summary>Makes visible what the killed round held: its handles outlive the process that gave them.</summary>
    public async Task ReleaseAsync()
    {
        foreach (var (queue, handle) in ledger.OpenHandles())
        {
            // Refused where the message was deleted, and the kill came before the answer.
            await CallAsync(
                "ChangeMessageVisibility",
                new JsonObject { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle, ["VisibilityTimeout"] = 0 },
                mayBeRefused: true);
        }
    }

    /// <summary>Receives everything that is left.</summary>
    public async Task DrainAsync()
    {
        await ReleaseAsync();
        // What a receive took whose answer was lost is nobody's until its visibility timeout is over. Only then is waiting of use: it
        // is done on each queue in turn, and would keep what is left in the other one waiting too.
        for (var wait = 0; await LeftAsync() > 0;) wait = await ReceiveOneAsync(wait) > 0 ? 0 : 1;
    }

    private async Task<int> LeftAsync()
    {
        var left = 0;
        foreach (var queue in Queues)
        {
            var reply = await CallAsync("GetQueueAttributes", new JsonObject { ["QueueUrl"] = queue, ["AttributeNames"] = new JsonArray("All") });
            foreach (var count in (string[])["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"])
                left += int.Parse((string)reply["Attributes"]![count]!);
        }

        return left;
    }

    private async Task<int> SendOneAsync()
    {
        var number = ledger.NextNumber();
        await CallSendAsync("standard", $"s {number}", null);
        // One sender at a time, so that numbers and the queue's order agree; a send that was not answered may be there.
        await OneFifoSender.WaitAsync();
        try
        {
            var ordered = ledger.NextNumber();
            await CallSendAsync("ordered.fifo", $"g{ordered % Groups} {ordered}", $"g{ordered % Groups}");
        }
        finally
        {
            OneFifoSender.Release();
        }

        return 1;
    }

    private async Task CallSendAsync(string queue, string body, string? group)
    {
        var request = new JsonObject { ["QueueUrl"] = queue, ["MessageBody"] = body };
        if (group is not null)
        {
            request["MessageGroupId"] = group;
            request["MessageDeduplicationId"] = body.Replace(' ', '-');
        }

        await CallAsync("SendMessage", request);
        ledger.Sent(body);
    }

    private async Task<int> ReceiveOneAsync(int wait)
    {
        var count = 0;
        foreach (var queue in Queues)
        {
            var asked = ledger.Now();
            var request = new JsonObject { ["QueueUrl"] = queue, ["MaxNumberOfMessages"] = 10, ["WaitTimeSeconds"] = wait };
            var reply = await CallAsync("ReceiveMessage", request);
            foreach (var message in reply["Messages"]?.AsArray() ?? [])
            {
                count++;
                var (body, handle) = ((string)message!["Body"]!, (string)message["ReceiptHandle"]!);
                ledger.Received(body, asked);
                ledger.Holds(queue, body, handle);
                await CallAsync("DeleteMessage", new JsonObject { ["QueueUrl"] = queue, ["ReceiptHandle"] = handle });
                ledger.Deleted(body);
            }
        }

        return count;
    }

    private static async Task UntilGoneAsync(Func<Task<int>> work, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) await work();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            // Killed in the middle of a call.
        }
    }

    private async Task<JsonObject> CallAsync(string operation, JsonObject request, bool mayBeRefused = false)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        message.Headers.Add("X-Amz-Target", "AmazonSQS." + operation);
        using var response = await http.SendAsync(message);
        var body = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(response.IsSuccessStatusCode || mayBeRefused, $"{operation}: {body}");
        ledger.Answered();
        return body;
    }
}
