using SetGet.Core.Events;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>A raw webhook: any body, any headers. What the API takes, the worker reads as the same.</summary>
internal sealed class WebhookTarget() : FuzzTarget("webhook")
{
    public override IEnumerable<string> Seeds { get; } =
        ["a f 60 application/json\nk\nX-Event: push\nX-Other: \u00e9\n\n{\"a\":1}", "a f 0 text/plain\n\nbody", "acme orders 31536000 application/x-www-form-urlencoded\nk\nm\n\na=b"];

    public override IReadOnlyList<string> Tokens { get; } =
        ["X-Event: ", "Cookie: x\n", "Content-Length: 1\n", "X-Forwarded-For: y\n", "webhook-id: ", "application/json", "\n\n", ": ", "\t", "\u007f"];

    public override int AllocationPerByte => 300;

    public override double Weight => 12;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var (head, body) = Split(input);
        var line = head[0].Split(' ', 4);
        if (line.Length < 4 || !int.TryParse(line[2], out var ttl)) return;
        var keys = head.Skip(1).Where(each => !each.Contains(": ", StringComparison.Ordinal));
        var headers = head.Skip(1).Where(each => each.Contains(": ", StringComparison.Ordinal)).Select(each => each.Split(": ", 2)).Select(each => KeyValuePair.Create(each[0], each[1]));
        var errors = new InputErrors();
        var request = EventRequest.Create(line[0], line[1], keys, ttl == 0 ? null : ttl, line[3], headers, errors);
        Require(request is null == errors.Any, "A webhook is taken, or there are errors.");
        if (request is null) return;

        var envelope = new Envelope(new EnvelopeHead("01a1ff74-7772-7857-a1bd-87ddf75ab44d", 1, "root", null, null), request with { Data = body });
        EnvelopeTarget.RequireSame(envelope, EnvelopeTarget.Again(envelope));
    }
}
