using System.Text.Json;
using Aws.Lambda;

namespace Aws.Tests.Lambda;

/// <summary>Lambda's Runtime API and the SQS event source mapping, as a custom runtime meets them.</summary>
public sealed class RuntimeApiTests
{
    [Fact]
    public async Task Next_GivesAnEventOfSqs()
    {
        await using var lambda = await LambdaHarness.StartAsync();
        await lambda.SendAsync("é \"one\"");

        var (_, sqsEvent, answer) = await lambda.NextAsync();

        var record = Assert.Single(sqsEvent.GetProperty("Records").EnumerateArray());
        Assert.Equal("é \"one\"", record.GetProperty("body").GetString());
        Assert.Equal("aws:sqs", record.GetProperty("eventSource").GetString());
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:q", record.GetProperty("eventSourceARN").GetString());
        Assert.Equal("us-east-1", record.GetProperty("awsRegion").GetString());
        Assert.Equal("1", record.GetProperty("attributes").GetProperty("ApproximateReceiveCount").GetString());
        Assert.Equal("acme", record.GetProperty("attributes").GetProperty("MessageGroupId").GetString());
        Assert.Equal("00-1", record.GetProperty("messageAttributes").GetProperty("traceparent").GetProperty("stringValue").GetString());
        Assert.NotEqual("", record.GetProperty("receiptHandle").GetString());
        Assert.True(long.Parse(answer.Headers.GetValues("Lambda-Runtime-Deadline-Ms").Single()) > 0);
        Assert.StartsWith("arn:aws:lambda:", answer.Headers.GetValues("Lambda-Runtime-Invoked-Function-Arn").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"batchItemFailures":[]}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"batchItemFailures":null}""")]
    public async Task Response_WithoutFailures_DeletesTheBatch(string response)
    {
        await using var lambda = await LambdaHarness.StartAsync();
        await lambda.SendAsync("one", "two");
        var (id, _, _) = await lambda.NextAsync();
        Assert.Equal(202, await lambda.PostAsync($"invocation/{id}/response", response));
        Assert.Empty(await lambda.LeftAsync());
    }

    [Fact]
    public async Task Response_WithOneFailure_LeavesThatOneOnly()
    {
        await using var lambda = await LambdaHarness.StartAsync();
        await lambda.SendAsync("one", "two", "three");
        var (id, sqsEvent, _) = await lambda.NextAsync();
        var second = sqsEvent.GetProperty("Records").EnumerateArray().Single(each => each.GetProperty("body").GetString() == "two");
        var response = JsonSerializer.Serialize(new { batchItemFailures = new[] { new { itemIdentifier = second.GetProperty("messageId").GetString() } } });

        Assert.Equal(202, await lambda.PostAsync($"invocation/{id}/response", response));

        Assert.Equal(["two"], await lambda.LeftAsync());
    }

    [Theory]
    [InlineData("response", "not json")]
    [InlineData("response", """{"batchItemFailures":[{"itemIdentifier":"no such message"}]}""")]
    [InlineData("response", """{"batchItemFailures":[{"itemIdentifier":null}]}""")]
    [InlineData("response", """{"batchItemFailures":[{"messageId":"x"}]}""")]
    [InlineData("response", """{"batchItemFailures":"all"}""")]
    [InlineData("error", """{"errorMessage":"out of order"}""")]
    public async Task Failure_OfTheInvocation_LeavesTheBatch(string route, string body)
    {
        await using var lambda = await LambdaHarness.StartAsync();
        await lambda.SendAsync("one", "two");
        var (id, _, _) = await lambda.NextAsync();
        Assert.Equal(202, await lambda.PostAsync($"invocation/{id}/{route}", body));
        Assert.Equal(["one", "two"], (await lambda.LeftAsync()).Order());
    }

    [Fact]
    public async Task Response_ToAnInvocationThatEnded_IsRefused()
    {
        await using var lambda = await LambdaHarness.StartAsync();
        await lambda.SendAsync("one");
        var (id, _, _) = await lambda.NextAsync();
        Assert.Equal(202, await lambda.PostAsync($"invocation/{id}/response", ""));
        Assert.Equal(400, await lambda.PostAsync($"invocation/{id}/response", ""));
        Assert.Equal(400, await lambda.PostAsync("invocation/unknown/error", ""));
        Assert.Equal(202, await lambda.PostAsync("init/error", """{"errorMessage":"no configuration"}"""));
    }

    [Theory]
    [InlineData(0, 30, "batch size")]
    [InlineData(11, 30, "batch window")]
    [InlineData(10, 901, "timeout")]
    [InlineData(10, 61, "visibility timeout")]
    public async Task Mapping_ThatLambdaWouldRefuse_IsRefused(int batch, int timeout, string names)
    {
        var fault = await Assert.ThrowsAsync<LambdaException>(
            () => LambdaHarness.StartAsync(options => options with { BatchSize = batch, Timeout = TimeSpan.FromSeconds(timeout) }));
        Assert.Contains(names, fault.Message, StringComparison.Ordinal);
    }
}
