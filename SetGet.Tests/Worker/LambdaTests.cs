using System.Text.Json;
using SetGet.Core.Events;
using SetGet.Tests.Api;
using SetGet.Tests.Core;

namespace SetGet.Tests.Worker;

/// <summary>The worker as a Lambda function.</summary>
public sealed class LambdaTests
{
    [Fact, Needs(Needs.RedisServer | Needs.Linux)]
    public async Task Invocation_StoresTheGoodBuriesTheBadAndNamesWhatFailed()
    {
        var f = await StoreFixture.CreateAsync(StoreServer.Redis);
        await using var runtime = await FakeRuntimeApi.StartAsync();
        await using var stack = await WorkerStack.StartAsync(runtime.Address);
        var good = f.Envelope("1");

        var answer = await runtime.InvokeAsync(Batch(("m1", WorkerStack.Text(good)), ("m2", "no json")));
        Assert.StartsWith("response ", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"batchItemFailures":[]}""", answer, StringComparison.Ordinal);
        Assert.Equal(good.Id, (await (await stack.StoreAsync(f)).GetNewestAsync(f.Account, "key", CancellationToken.None))!.Id);
        var dead = Assert.Single(await stack.DeadLettersAsync(1));
        Assert.Equal("no json", dead.Body);
        Assert.Equal(DeadLetterReasons.NotJson, dead.MessageAttributes!["Reason"].StringValue);

        // Without its queue a dead letter has nowhere to go: that message failed, and only that one.
        await stack.KillQueueAsync();
        answer = await runtime.InvokeAsync(Batch(("m3", WorkerStack.Text(f.Envelope("2", f.Time.Now + 1))), ("m4", "no json")));
        Assert.EndsWith("""{"batchItemFailures":[{"itemIdentifier":"m4"}]}""", answer, StringComparison.Ordinal);

        await stack.KillRedisAsync();
        answer = await runtime.InvokeAsync(Batch(("m5", WorkerStack.Text(f.Envelope("3"))), ("m6", WorkerStack.Text(f.Envelope("4")))));
        Assert.EndsWith("""{"batchItemFailures":[{"itemIdentifier":"m5"},{"itemIdentifier":"m6"}]}""", answer, StringComparison.Ordinal);

        Assert.StartsWith("error ", await runtime.InvokeAsync("{}"), StringComparison.Ordinal);
        Assert.StartsWith("error ", await runtime.InvokeAsync("no json"), StringComparison.Ordinal);
    }

    [Fact, Needs(Needs.Linux)]
    public async Task Start_WithBadConfiguration_IsAnInitError()
    {
        await using var runtime = await FakeRuntimeApi.StartAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_LAMBDA_RUNTIME_API"] = runtime.Address,
            ["ConnectionStrings__redis"] = "127.0.0.1:1",
            ["AWS_REGION"] = "us-east-1",
        };
        await using var worker = new ChildProcess("SetGet.Worker", "--urls http://127.0.0.1:0", settings);
        var error = await runtime.AnswerAsync();
        Assert.StartsWith("init error ", error, StringComparison.Ordinal);
        Assert.Contains("AWS:Resources:EventsQueueUrl", error, StringComparison.Ordinal);
    }

    private static string Batch(params (string Id, string Body)[] messages) => JsonSerializer.Serialize(new
    {
        Records = messages.Select(m => new
        {
            messageId = m.Id,
            receiptHandle = "handle-" + m.Id,
            body = m.Body,
            attributes = new Dictionary<string, string> { ["ApproximateReceiveCount"] = "1", ["SentTimestamp"] = "1763740000123" },
            messageAttributes = new { },
            eventSource = "aws:sqs",
        }),
    });
}
