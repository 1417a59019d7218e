using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.SQS.Model;

namespace SetGet.Api.DeadLetters;

/// <summary>A message that could not be processed.</summary>
/// <param name="Id">The SQS message id.</param>
/// <param name="Reason">Short and stable; <c>max-receive-count</c> where SQS itself gave up.</param>
/// <param name="Detail">A sentence for the operator.</param>
/// <param name="ReceiveCount">How often a worker had received it.</param>
/// <param name="AcceptedAt">When it was accepted, where the envelope tells.</param>
/// <param name="DeadAt">When it was given up.</param>
/// <param name="AccountId">Where the envelope, or the message group, tells.</param>
/// <param name="FlowId">Where the envelope tells.</param>
/// <param name="Body">The message's text, unchanged.</param>
public sealed record DeadLetter(
    string Id,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    int ReceiveCount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AcceptedAt,
    DateTimeOffset DeadAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AccountId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FlowId,
    string Body)
{
    private const string MovedBySqs = "max-receive-count";

    /// <summary>Reads what the worker, or SQS, left on a message.</summary>
    internal static DeadLetter Of(Message message)
    {
        var envelope = Envelope.Peek(message.Body);
        var sent = Milliseconds(System(message, "SentTimestamp"));
        return new DeadLetter(
            message.MessageId,
            Attribute(message, "Reason") ?? MovedBySqs,
            Attribute(message, "Detail"),
            Number(Attribute(message, "ReceiveCount")) ?? Number(System(message, "ApproximateReceiveCount")) ?? 0,
            envelope.AcceptedAt,
            Milliseconds(Attribute(message, "DeadAt")) ?? sent ?? DateTimeOffset.UnixEpoch,
            envelope.AccountId ?? System(message, "MessageGroupId"),
            envelope.FlowId,
            message.Body);
    }

    private static string? Attribute(Message message, string name) =>
        message.MessageAttributes is { } all && all.TryGetValue(name, out var value) ? value.StringValue : null;

    private static string? System(Message message, string name) =>
        message.Attributes is { } all && all.TryGetValue(name, out var value) ? value : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateTimeOffset? Milliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    /// <summary>What can be read of an envelope that may be no envelope at all.</summary>
    private readonly record struct Envelope(DateTimeOffset? AcceptedAt, string? AccountId, string? FlowId)
    {
        private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

        public static Envelope Peek(string body)
        {
            try
            {
                using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(body), Options);
                var root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object) return default;
                var request = root.TryGetProperty("set", out var set) ? set : root.TryGetProperty("hook", out var hook) ? hook : default;
                var accepted = root.TryGetProperty("acceptedAt", out var time) && time.ValueKind == JsonValueKind.Number ? time.GetRawText() : null;
                return new Envelope(Milliseconds(accepted), Text(request, "accountId"), Text(request, "flowId"));
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                return default;
            }
        }

        private static string? Text(JsonElement parent, string name) =>
            parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString() : null;
    }
}

/// <summary>A page of dead letters, oldest first.</summary>
/// <param name="DeadLetters">May be empty.</param>
/// <param name="Next">For <c>?after=</c>; absent on the last page.</param>
public sealed record DeadLetterPage(
    IReadOnlyList<DeadLetter> DeadLetters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next);

/// <summary>Which dead letters are wanted; null means any.</summary>
internal sealed record DeadLetterFilter(string? Account, string? Flow, string? Reason)
{
    public bool Matches(DeadLetter letter) =>
        (Account is null || Account == letter.AccountId) && (Flow is null || Flow == letter.FlowId) && (Reason is null || Reason == letter.Reason);
}
