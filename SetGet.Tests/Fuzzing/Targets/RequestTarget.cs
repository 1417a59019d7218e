using System.Buffers;
using SetGet.Core.Events;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>The body of <c>POST /set</c>: a request or errors; and what the API takes, the worker reads as the same.</summary>
internal sealed class RequestTarget() : FuzzTarget("request")
{
    private static readonly EnvelopeHead Head = new("01a1ff74-7772-7857-a1bd-87ddf75ab44d", 1763740000123, "root", null, null);

    public override IEnumerable<string> Seeds { get; } =
    [
        """{"accountId":"a","flowId":"f","webhookKeys":["k","order-1"],"ttlSeconds":5,"data":{"a":[1,2.5e3,{"b":"\u00e9"}],"c":null}}""",
        """{"data":"x","accountId":"a","flowId":"f","webhookKeys":["k"]}""",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "\"accountId\":\"a\",", "\"flowId\":\"f\",", "\"webhookKeys\":[\"k\"],", "\"data\":", "\"ttlSeconds\":", "\"body\":\"", "\"\\u0061ccountId\":", "\"\\ud800\":1,",
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "\\u0000", "//", "\"\":", "k:1", "\uFFFF",
    ];

    public override int AllocationPerByte => 400;

    public override double Weight => 25;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var errors = new InputErrors();
        var request = RequestReader.Read(input, errors);
        Require(request is null == errors.Any, "A request is read, or there are errors.");
        if (request is null) return;

        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(output, Head, input.Span);
        var envelope = EnvelopeReader.Read(output.WrittenMemory, out var fault);
        Require(envelope is not null, $"What the API takes is an envelope: {fault?.Reason}.");
        EnvelopeTarget.RequireSame(new Envelope(Head, request), envelope!);
    }
}
