using System.Globalization;
using System.Text.Json;
using Gateway.Mapping;

namespace Gateway.Schema;

/// <summary>Compares JSON by what it says: 1 is 1.0, and members have no order. With a hash, so that a long list need not be compared each with each.</summary>
internal sealed class JsonByValue : IEqualityComparer<JsonElement>
{
    public static JsonByValue Instance { get; } = new();

    public bool Equals(JsonElement left, JsonElement right)
    {
        try
        {
            return JsonElement.DeepEquals(left, right);
        }
        catch (InvalidOperationException)
        {
            // One escapes half of a surrogate pair, which is no text, and so like none.
            return false;
        }
    }

    public int GetHashCode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .Aggregate(0, (hash, member) => hash ^ HashCode.Combine(OfText(() => member.Name), GetHashCode(member.Value))),
        JsonValueKind.Array => value.EnumerateArray().Aggregate(0, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        JsonValueKind.String => OfText(() => value.GetString()!),
        JsonValueKind.Number => double.Parse(value.GetRawText(), CultureInfo.InvariantCulture).GetHashCode(),
        var kind => (int)kind,
    };

    private static int OfText(Func<string> read) => JsonValues.Text(read).GetHashCode(StringComparison.Ordinal);
}
