using System.Text;
using Microsoft.AspNetCore.Http;
using SetGet.Api.Http;
using SetGet.Core.Events;
using SetGet.Core.Store;
using SetGet.Worker.Secrets;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>The short texts that callers give: cursors, lease ids, ids, tags of conditions, media types, addresses of secrets. What is read is what is written.</summary>
internal sealed class NamesTarget() : FuzzTarget("names")
{
    public override IEnumerable<string> Seeds { get; } =
    [
        "cursor " + new EventCursor(1763740000123, Guid.Parse("01a1ff74-7772-7857-a1bd-87ddf75ab44d"), 42), "etag \"01a1ff74-7772-7857-a1bd-87ddf75ab44d\", W/\"x\"", "etag *", "etag W/  ",
        "type application/vnd.x+json; charset=\"utf-8\"", "arn arn:aws:secretsmanager:eu-central-1:123456789012:secret:name-AbCdEf", "name order-4711:x",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
        ["cursor ", "etag ", "type ", "arn ", "name ", "\"", ", ", "W/", "*", "application/json", "+json", "charset=", "utf8", "arn:aws-cn:", "secretsmanager:", "secret:", "_", "-", "AQ", "="];

    public override int MaxLength => 512;

    public override double Weight => 12;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var parts = Encoding.UTF8.GetString(input.Span).Split(' ', 2);
        var text = parts[^1];
        switch (parts[0])
        {
            case "cursor":
                Require(!EventCursor.TryParse(text, out var cursor) || cursor.ToString() == text, "A cursor is written as it was read.");
                break;
            case "etag":
                var request = new DefaultHttpContext().Request;
                request.Headers.IfNoneMatch = text;
                request.Headers.IfMatch = text;
                _ = EntityTags.NoneMatch(request).Contain("x") | EntityTags.Match(request).IsAny | EntityTags.Match(request).StrongIds.Any();
                break;
            case "type":
                _ = MediaTypes.IsJson(text);
                break;
            case "arn":
                if (SecretArn.TryParse(text, out var arn)) _ = arn.Endpoint;
                break;
            default:
                Require(!Names.IsId(text) || Names.IsWebhookKey(text), "What is an id could be a webhook key.");
                Require(HeaderRules.IsName(text) || !HeaderRules.IsKept(text), "What is kept is a header's name.");
                break;
        }
    }
}
