using System.Text;
using System.Text.Json;
using SetGet.Api.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>What an operator sets of a flow's sender, its rules, pointers and described signature; what is taken is read back from Redis as the same.</summary>
internal sealed class SourceTarget() : FuzzTarget("source")
{
    public override IEnumerable<string> Seeds { get; } =
    [
        """{"scheme":"github","keyRules":["{header:X-GitHub-Event}:{/repository/full_name}","order-{/orderId}"],"idHeader":"X-GitHub-Delivery","handshake":"okta","url":"https://a.example/x?y=z"}""",
        """{"scheme":"custom","custom":{"header":"X-Sig","algorithm":"sha512","encoding":"base64","prefix":"v1=","timestampHeader":"X-Time","signed":"{timestamp}.{url}.{header:X-Id}.{body}!"},"idPointer":"/a~1b/0","url":"http://b"}""",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "\"scheme\":", "\"custom\":{", "\"keyRules\":[", "\"idHeader\":", "\"idPointer\":", "\"handshake\":", "\"url\":", "\"header\":", "\"algorithm\":", "\"encoding\":", "\"prefix\":",
        "\"timestampHeader\":", "\"signed\":", "\"{body}\"", "{timestamp}", "{url}", "{header:", "{/a}", "{id}", "\"twilio\"", "\"custom\"", "\"sha1\"", "\"hex\"", "null", "{}", "[]",
        ",", ":", "\"", "{", "}", "[", "]", "~0", "~1", "~2", "/",
    ];

    public override int AllocationPerByte => 400;

    public override double Weight => 12;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        SourceSetting? setting;
        try
        {
            setting = JsonSerializer.Deserialize(input.Span, AccountsJson.Wire.SourceSetting);
        }
        catch (JsonException)
        {
            return;
        }

        if (setting is null) return;
        var errors = new InputErrors();
        var source = setting.ToSource(errors);
        Require(source is null == errors.Any, "A source is taken, or there are errors.");
        if (source is null) return;

        var again = JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(source, SendersJson.Default.FlowSource), SendersJson.Default.FlowSource)?.Ready(errors);
        Require(again is not null && again.KeyRules.SequenceEqual(source.KeyRules) && again.Custom == source.Custom && again.IdPointer == source.IdPointer, "It is the same when it is read back.");
        if (source.IdPointer is { } pointer) RequirePointer(pointer);
        foreach (var name in new[] { "github", "custom", "twilio" })
            _ = source.FindScheme(name)?.Check(new(EventRequest.NoHeaders, Encoding.UTF8.GetBytes("x"), "text/plain", source.Url), "0123456789abcdef", DateTimeOffset.UnixEpoch, TimeSpan.Zero);
    }

    private static void RequirePointer(string pointer)
    {
        var steps = JsonPointer.Parse(pointer, out _);
        Require(steps is not null, "The pointer is one.");
        var written = string.Concat(steps!.Select(step => "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
        Require(written == pointer, "A pointer's steps are the pointer.");
    }
}
