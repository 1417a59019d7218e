using System.Buffers;
using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Worker.Processing;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>A message of the queue: it is an event or a fault; and a webhook that was read is the same when it is written and read again.</summary>
internal sealed class EnvelopeTarget() : FuzzTarget("envelope")
{
    private const string Head = "{\"v\":1,\"id\":\"01a1ff74-7772-7857-a1bd-87ddf75ab44d\",\"acceptedAt\":1763740000123,\"sender\":\"root\"";

    public override IEnumerable<string> Seeds { get; } =
    [
        Head + ""","idempotencyKey":"k","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","set":{"accountId":"a","flowId":"f","webhookKeys":["k","l"],"ttlSeconds":5,"data":{"a":[1,2,{"b":"\u00e9"}]}}}""",
        Head + ""","addedKeys":["m"],"hook":{"accountId":"a","flowId":"f","webhookKeys":["k"],"contentType":"text/plain","ttlSeconds":60,"headers":{"x-event":"push"},"body":"aGVsbG8="}}""",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "\"v\":1,", "\"id\":", "\"acceptedAt\":", "\"sender\":", "\"idempotencyKey\":", "\"traceparent\":", "\"addedKeys\":[", "\"set\":{", "\"hook\":{", "\"accountId\":\"a\",",
        "\"flowId\":\"f\",", "\"webhookKeys\":[\"k\"],", "\"data\":", "\"ttlSeconds\":", "\"contentType\":\"", "\"headers\":{", "\"body\":\"", "\"\\u0061ccountId\":", "\"\\ud800\"",
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "====", "\\u0000", "//",
    ];

    public override int AllocationPerByte => 400;

    public override double Weight => 15;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var read = EnvelopeReader.Read(input, out var fault);
        Require(read is null == fault is not null, "An envelope is read, or there is a fault.");
        if (read is { IsWebhook: true }) RequireSame(read, Again(read));

        var item = new WorkItem(new QueueMessage("id", "handle", Encoding.UTF8.GetString(input.Span), 1, null, null));
        Require(item.Envelope is not null || item.Reason is not null, "A message is an envelope or a dead letter.");
        Require(item.Detail?.Contains("could not be read", StringComparison.Ordinal) != true, "The reader throws nothing.");
        _ = item.IsOfStranger;
        _ = EnvelopeGlance.At(item.Message.Body);
    }

    internal static Envelope Again(Envelope envelope)
    {
        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteHook(output, envelope.Head, envelope.Request);
        return EnvelopeReader.Read(output.WrittenMemory, out var fault) ?? throw new FuzzFaultException($"What was read is written, and then not read: {fault!.Reason}.");
    }

    internal static void RequireSame(Envelope one, Envelope other)
    {
        var (request, again) = (one.Request, other.Request);
        Require(one.Head with { AddedKeys = null } == other.Head with { AddedKeys = null }, "The head is the same.");
        Require((request.AccountId, request.FlowId, request.ContentType, request.TtlSeconds) == (again.AccountId, again.FlowId, again.ContentType, again.TtlSeconds), "The request is the same.");
        Require(request.WebhookKeys.SequenceEqual(again.WebhookKeys), "The webhook keys are the same.");
        Require(request.Data.Span.SequenceEqual(again.Data.Span), "The data are the same, byte for byte.");
        Require(request.Headers.OrderBy(each => each.Key, StringComparer.Ordinal).SequenceEqual(again.Headers.OrderBy(each => each.Key, StringComparer.Ordinal)), "The headers are the same.");
    }
}
