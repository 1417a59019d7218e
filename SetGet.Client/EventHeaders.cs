using System.Globalization;

namespace SetGet.Client;

/// <summary>Reads an event out of the answer of <c>GET /get/{webhookKey}</c>.</summary>
internal static class EventHeaders
{
    private const string Sender = "SetGet-Header-";

    public static async Task<SetGetEvent> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        Header(response, "SetGet-Id"),
        Header(response, "SetGet-Flow"),
        Time(Header(response, "SetGet-Accepted-At")),
        Time(Header(response, "SetGet-Expires-At")),
        // As text: a sender's content type need not be one that .NET can parse.
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : "",
        await response.Content.ReadAsByteArrayAsync(cancellationToken))
    {
        Headers = response.Headers.NonValidated.Where(each => each.Key.StartsWith(Sender, StringComparison.OrdinalIgnoreCase)).ToDictionary(
            each => each.Key[Sender.Length..].ToLowerInvariant(), each => each.Value.ToString(), StringComparer.Ordinal),
    };

    private static string Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? values.First()
            : throw new SetGetException($"The answer lacks the header {name}: is this SetGet?");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
