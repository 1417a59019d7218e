using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Worker.Processing;

namespace SetGet.Tests.Core;

/// <summary>Whatever a message or a body is, reading it throws nothing: it is an event, or a fault that is said.</summary>
public sealed class EnvelopeFuzzTests
{
    private const string Sound = """
        {"v":1,"id":"01a1ff74-7772-7857-a1bd-87ddf75ab44d","acceptedAt":1763740000123,"sender":"root","idempotencyKey":"k","traceparent":"x","set":{"accountId":"a","flowId":"f","webhookKeys":["k","l"],"ttlSeconds":5,"data":{"a":[1,2,{"b":"\u00e9"}]}}}
        """;

    private static readonly string[] Pieces =
    [
        "\"\\ud800\"", "\"\\ud800\":1,", "\"\\udc00x\"", "\\ud83d", "\"\\u0061ccountId\":\"b\",", "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-0", "1e999", "1E-5",
        "\u0000", "\uFFFE", "\uFFFF", "\\", "//", "\"set\":{},", "\"hook\":{},", "\"body\":\"====\"", "\"webhookKeys\":{},", new('[', 300), new('9', 400), "\"\":", "\uD800",
    ];

    [Theory]
    [InlineData("""{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"\ud800":1}""")]
    [InlineData("""{"\ud800":1,"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1}""")]
    [InlineData("""{"\udfffdata":1,"accountId":"a","flowId":"f","webhookKeys":["\ud800"],"data":1}""")]
    public void Member_WhoseNameIsNoText_IsAFaultWithItsPlace(string set)
    {
        var errors = new InputErrors();
        Assert.Null(RequestReader.Read(Encoding.UTF8.GetBytes(set), errors));
        Assert.Contains(errors.ByField[InputErrors.Body], message => message.Contains("byte", StringComparison.Ordinal));

        var envelope = $$"""{"v":1,"id":"01a1ff74-7772-7857-a1bd-87ddf75ab44d","acceptedAt":1,"sender":"root","set":{{set}}}""";
        Assert.Null(EnvelopeReader.Read(envelope, out var fault));
        Assert.NotNull(fault);
    }

    [Fact]
    public void EscapedNames_AreTheNamesThatTheyAre()
    {
        var errors = new InputErrors();
        var request = RequestReader.Read("""{"\u0061ccountId":"a","flowId":"f","webhookKey\u0073":["k"],"data":1}"""u8.ToArray(), errors);
        Assert.Equal("a", request!.AccountId);
        Assert.Equal(["k"], request.WebhookKeys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void AnythingAtAll_IsAnEventOrAFault(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Mutated(random, Sound);
            var item = new WorkItem(new QueueMessage("id", "handle", text, 1, null, null));
            Assert.True(item.Envelope is not null || item.Reason is not null, text);
            Assert.DoesNotContain("could not be read", item.Detail ?? "", StringComparison.Ordinal);

            var bytes = Bytes(random, text);
            var errors = new InputErrors();
            Assert.True(RequestReader.Read(bytes, errors) is not null || errors.Any, text);
            Assert.True(EnvelopeReader.Read(bytes, out var fault) is not null || fault is not null, text);
            _ = EnvelopeGlance.At(text);
        }
    }

    private static string Mutated(Random random, string text)
    {
        var mutated = new StringBuilder(random.Next(4) == 0 ? text[text.IndexOf("\"set\":", StringComparison.Ordinal)..][6..^2] : text);
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var at = random.Next(mutated.Length);
            switch (random.Next(4))
            {
                case 0: mutated.Remove(at, Math.Min(random.Next(1, 12), mutated.Length - at)); break;
                case 1: mutated[at] = (char)random.Next(0x20, 0x7f); break;
                case 2: mutated.Insert(at, mutated.ToString(at, Math.Min(random.Next(1, 30), mutated.Length - at))); break;
                default: mutated.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
            }

            if (mutated.Length == 0) mutated.Append('{');
        }

        return mutated.ToString();
    }

    // Also what is not UTF-8.
    private static byte[] Bytes(Random random, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0 && random.Next(2) == 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
