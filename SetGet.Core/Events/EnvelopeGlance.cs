using System.Text;
using System.Text.Json;

namespace SetGet.Core.Events;

/// <summary>What can be read of an envelope that may be no envelope at all: for operators, never to act on.</summary>
public readonly record struct EnvelopeGlance(DateTimeOffset? AcceptedAt, string? AccountId, string? FlowId, string? Sender)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    public static EnvelopeGlance At(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(body), Options);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return default;
            var request = root.TryGetProperty("set", out var set) ? set : root.TryGetProperty("hook", out var hook) ? hook : default;
            return new EnvelopeGlance(AcceptedIn(root), Text(request, RequestMembers.AccountId.Name), Text(request, RequestMembers.FlowId.Name), Text(root, "sender"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private static DateTimeOffset? AcceptedIn(JsonElement root)
        => root.TryGetProperty("acceptedAt", out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var value)
            && value is >= 0 and <= EnvelopeFields.LastMillisecond ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private static string? Text(JsonElement parent, string name)
        => parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
