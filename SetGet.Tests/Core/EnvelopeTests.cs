using System.Buffers;
using System.Text;
using SetGet.Core.Events;

namespace SetGet.Tests.Core;

/// <summary>Writing and reading the text of a message.</summary>
public sealed class EnvelopeTests
{
    private const string Set = "\"set\":{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":1}";
    private const string Id = "01a1ff74-7772-7857-a1bd-87ddf75ab44d";

    [Theory]
    [InlineData("""{"accountId":"acme","flowId":"f","webhookKeys":["k"],"data":{"a":1.10,"b":"\u00e9",  "c":12345678901234567890}}""", """{"a":1.10,"b":"\u00e9",  "c":12345678901234567890}""")]
    [InlineData("""{ "data" : "x" , "flowId":"f","webhookKeys":["k","k"],"accountId":"acme" } """, "\"x\"")]
    [InlineData("""{"accountId":"\u0061cme","flowId":"f","webhookKeys":["k"],"data":null,"ttlSeconds":1e1}""", null)]
    [InlineData("""{"accountId":"acme","flowId":"f","webhookKeys":["k"],"data":[],"ttlSeconds":10}""", "[]")]
    public void WriteSet_ThenRead_KeepsTheDataByteForByte(string text, string? data)
    {
        var errors = new InputErrors();
        var utf8 = Encoding.UTF8.GetBytes(text);
        var request = RequestReader.Read(utf8, errors);
        if (data is null)
        {
            Assert.Contains("ttlSeconds", errors.ByField.Keys);
            return;
        }

        Assert.NotNull(request);
        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(output, new EnvelopeHead(Id, 1_763_740_000_123, "root", "key \"1\"", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), utf8);
        var envelope = EnvelopeReader.Read(output.WrittenMemory, out var fault);

        Assert.Null(fault);
        Assert.Equal(data, Encoding.UTF8.GetString(envelope!.Request.Data.Span));
        Assert.Equal(Id, envelope.Id);
        Assert.Equal(1_763_740_000_123, envelope.AcceptedAt);
        Assert.Equal("key \"1\"", envelope.Head.IdempotencyKey);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", envelope.Head.TraceParent);
        Assert.Equal(["k"], envelope.Request.WebhookKeys);
        Assert.Equal(request.BodyHash(), envelope.Request.BodyHash());
    }

    [Fact]
    public void WriteHook_ThenRead_KeepsBodyAndContentType()
    {
        var errors = new InputErrors();
        KeyValuePair<string, string>[] headers =
            [new("X-Name", "\"quoted\" \\ and ü"), new("Authorization", "secret"), new("X-Forwarded-For", "1.1.1.1"), new("X-Empty", "")];
        var request = EventRequest.Create("acme", "f", ["a", "b", "a"], 60, "text/csv; charset=utf-8", headers, errors)! with
        {
            Data = new byte[] { 0, 255, 10, 13 },
        };
        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteHook(output, new EnvelopeHead(Id, 1, "key", null, null), request);
        var envelope = EnvelopeReader.Read(output.WrittenMemory, out var fault);

        Assert.Null(fault);
        Assert.Equal(new byte[] { 0, 255, 10, 13 }, envelope!.Request.Data.ToArray());
        Assert.Equal("text/csv; charset=utf-8", envelope.Request.ContentType);
        Assert.Equal(["a", "b"], envelope.Request.WebhookKeys);
        Assert.Equal(new Dictionary<string, string> { ["x-name"] = "\"quoted\" \\ and ü", ["x-empty"] = "" }, envelope.Request.Headers);
        Assert.Equal(60, envelope.Request.TtlSeconds);
        Assert.Equal(request.BodyHash(), envelope.Request.BodyHash());
    }

    [Fact]
    public void MaxSizes_FillAMessageToItsLimitAtMost()
    {
        var head = new EnvelopeHead(Id, long.MaxValue / 2, new string('s', 64), new string('"', Names.MaxIdempotencyKeyLength), new string('0', 55));
        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(output, head, new byte[EnvelopeWriter.MaxSetBytes]);
        Assert.InRange(output.WrittenCount, EnvelopeWriter.MaxMessageBytes - EnvelopeWriter.ReservedBytes, EnvelopeWriter.MaxMessageBytes);

        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"{i}".PadLeft(128, 'k'))];
        var headers = Enumerable.Range(0, HeaderRules.MaxCount).Select(i => KeyValuePair.Create($"x{i:00}", new string(i % 2 == 0 ? '"' : 'ü', 60)));
        var parts = EventRequest.Create(new string('a', 64), new string('f', 64), keys, int.MaxValue, new string('c', 255), headers, new InputErrors())!;
        var request = parts with { Data = new byte[EnvelopeWriter.MaxHookBytes(keys, parts.Headers)] };
        output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteHook(output, head, request);
        Assert.InRange(output.WrittenCount, EnvelopeWriter.MaxMessageBytes - (2 * EnvelopeWriter.ReservedBytes), EnvelopeWriter.MaxMessageBytes);
    }

    [Theory]
    [InlineData("", "not-json")]
    [InlineData("{nope", "not-json")]
    [InlineData("[]", "not-an-envelope")]
    [InlineData("\"text\"", "not-an-envelope")]
    [InlineData("""{"v":1,$SET} x""", "not-json")]
    [InlineData("""{"v":2,$HEAD,$SET}""", "unsupported-version")]
    [InlineData("""{$HEAD,$SET}""", "unsupported-version")]
    [InlineData("""{"v":"1",$HEAD,$SET}""", "unsupported-version")]
    [InlineData("""{"v":1,"id":"x","acceptedAt":1,"sender":"s",$SET}""", "invalid-id")]
    [InlineData("""{"v":1,"id":"01a1ff74-7772-7857-a1bd-87ddf75ab44d","acceptedAt":-1,"sender":"s",$SET}""", "invalid-accepted-at")]
    [InlineData("""{"v":1,"id":"01a1ff74-7772-7857-a1bd-87ddf75ab44d","acceptedAt":"1","sender":"s",$SET}""", "invalid-accepted-at")]
    [InlineData("""{"v":1,"id":"01a1ff74-7772-7857-a1bd-87ddf75ab44d","acceptedAt":1,$SET}""", "invalid-sender")]
    [InlineData("""{"v":1,$HEAD}""", "not-an-envelope")]
    [InlineData("""{"v":1,$HEAD,$SET,$SET}""", "not-an-envelope")]
    [InlineData("""{"v":1,$HEAD,"idempotencyKey":"é",$SET}""", "invalid-idempotency-key")]
    [InlineData("""{"v":1,$HEAD,"set":[]}""", "invalid-request")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a c","flowId":"f","webhookKeys":["k"],"data":1}}""", "invalid-account")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","flowId":"","webhookKeys":["k"],"data":1}}""", "invalid-flow")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","flowId":"f","webhookKeys":[],"data":1}}""", "no-webhook-keys")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","flowId":"f","data":1}}""", "no-webhook-keys")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","flowId":"f","webhookKeys":["a/b"],"data":1}}""", "invalid-webhook-key")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":0}}""", "invalid-ttl")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","flowId":"f","webhookKeys":["k"]}}""", "invalid-request")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"more":1}}""", "invalid-request")]
    [InlineData("""{"v":1,$HEAD,"set":{"accountId":"a","accountId":"a","flowId":"f","webhookKeys":["k"],"data":1}}""", "invalid-account")]
    [InlineData("""{"v":1,$HEAD,"hook":{"accountId":"a","flowId":"f","webhookKeys":["k"],"contentType":"text/plain","body":"*"}}""", "invalid-request")]
    public void Read_OfABadMessage_SaysWhy(string text, string reason)
    {
        text = text
            .Replace("$HEAD", $"\"id\":\"{Id}\",\"acceptedAt\":1,\"sender\":\"root\"", StringComparison.Ordinal)
            .Replace("$SET", Set, StringComparison.Ordinal);
        Assert.Null(EnvelopeReader.Read(text, out var fault));
        Assert.Equal(reason, fault!.Reason);
        Assert.NotEmpty(fault.Detail);
    }

    [Fact]
    public void Read_OfWhatAMappingTemplateWrites_TakesEmptyForNone()
    {
        var text = "{\"v\":1,\"id\":\"" + Id.ToUpperInvariant() + "\",\"acceptedAt\":1,\"sender\":\"k\",\"idempotencyKey\":\"\",\"traceparent\":\"\"," + Set + "}";
        var envelope = EnvelopeReader.Read(text, out _);
        Assert.Null(envelope!.Head.IdempotencyKey);
        Assert.Null(envelope.Head.TraceParent);
        Assert.Equal(Id, envelope.Id);
    }

    [Theory]
    [InlineData("{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"\uFFFE\"}", "body")]
    [InlineData("{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"\uFFFF\"}", "body")]
    [InlineData("{\"accountId\":1,\"flowId\":{},\"webhookKeys\":\"k\",\"data\":1}", "accountId,flowId,webhookKeys")]
    [InlineData("{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\",1,[2],{\"x\":3}],\"data\":1}", "webhookKeys[1],webhookKeys[2],webhookKeys[3]")]
    [InlineData("{\"accountId\":\"\\ud800\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":1}", "accountId")]
    [InlineData("{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":1,\"x\":{\"y\":[1]}}", "x")]
    [InlineData("{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":1}{}", "body")]
    [InlineData("{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":1,\"data\":2}", "data")]
    [InlineData("{\"ttlSeconds\":1.5,\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":1}", "ttlSeconds")]
    [InlineData("[1]", "body")]
    [InlineData("", "body")]
    public void ReadRequest_OfABadOne_NamesTheFields(string text, string fields)
    {
        var errors = new InputErrors();
        Assert.Null(RequestReader.Read(Encoding.UTF8.GetBytes(text), errors));
        Assert.Equal(fields.Split(','), errors.ByField.Keys);
    }

    [Fact]
    public void ReadRequest_OfInvalidUtf8_IsAnError()
    {
        var errors = new InputErrors();
        byte[] text = [.. Encoding.UTF8.GetBytes("""{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":" """), 0xC3, .. "\"}"u8];
        Assert.Null(RequestReader.Read(text, errors));
        Assert.True(errors.Any);
    }

    [Fact]
    public void ReadRequest_NestedTooDeep_IsAnError()
    {
        var errors = new InputErrors();
        var text = """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":""" + new string('[', 100_000) + new string(']', 100_000) + "}";
        Assert.Null(RequestReader.Read(Encoding.UTF8.GetBytes(text), errors));
        Assert.Equal(["body"], errors.ByField.Keys);
    }
}
