using Amazon.SQS;
using Amazon.SQS.Model;
using static SetGet.Tests.Packages.Sqs.ScriptedSqs;

namespace SetGet.Tests.Packages.Sqs;

/// <summary>The sums of attributes, with values computed independently of this code.</summary>
public sealed class SqsChecksumTests
{
    private const string BodyMd5 = "5d41402abc4b2a76b9719d911017c592";

    private static Dictionary<string, MessageAttributeValue> Attributes => new()
    {
        ["timestamp"] = new() { DataType = "Number", StringValue = "1493147359900" },
        ["B"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([0x00, 0xff]) },
        ["é"] = new() { DataType = "String", StringValue = "ü" },
    };

    [Theory]
    [InlineData("e68e8b96c26c7291cff1920c549104c1", true)]
    [InlineData("E68E8B96C26C7291CFF1920C549104C1", true)]
    [InlineData("235c5c510d26fb653d073faed50ae77c", false)]
    public async Task SendMessage_AttributeSum_IsCompared(string md5, bool matches)
    {
        await using var sqs = await StartAsync(new Answer(
            $$"""{"MessageId":"m","MD5OfMessageBody":"{{BodyMd5}}","MD5OfMessageAttributes":"{{md5}}"}"""));
        using var client = sqs.Client();
        var error = await Record.ExceptionAsync(
            () => client.SendMessageAsync(new("http://q/", "hello") { MessageAttributes = Attributes }));
        Assert.Equal(matches, error is null);
    }

    [Fact]
    public async Task SendMessage_NoSumsStated_IsAccepted()
    {
        await using var sqs = await StartAsync(new Answer("""{"MessageId":"m"}"""));
        using var client = sqs.Client();
        Assert.Equal("m", (await client.SendMessageAsync(new("http://q/", "hello") { MessageAttributes = Attributes })).MessageId);
    }

    [Theory]
    [InlineData("2e2e4876d8e0bd6b8c2c8f556831c349", true)]
    [InlineData("235c5c510d26fb653d073faed50ae77c", false)]
    public async Task ReceiveMessage_AttributeSum_IsCompared(string md5, bool matches)
    {
        await using var sqs = await StartAsync(new Answer($$$$"""
            {"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"hello","MD5OfBody":"{{{{BodyMd5}}}}","MD5OfMessageAttributes":"{{{{md5}}}}",
              "MessageAttributes":{"timestamp":{"DataType":"Number.java.lang.Long","StringValue":"1493147359900"}}}]}
            """));
        using var client = sqs.Client();
        var error = await Record.ExceptionAsync(() => client.ReceiveMessageAsync("http://q/"));
        Assert.Equal(matches, error is null);
        Assert.True(error is null or AmazonSQSException);
    }
}
