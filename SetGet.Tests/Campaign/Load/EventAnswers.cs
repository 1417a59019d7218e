using System.Globalization;
using System.Text;
using System.Text.Json;
using SetGet.Tests.Campaign.Checking;

namespace SetGet.Tests.Campaign.Load;

/// <summary>Reads what the API answers.</summary>
internal static class EventAnswers
{
    /// <summary>Of <c>GET /get/{webhookKey}</c>: its event is in the headers and the body.</summary>
    internal static SeenEvent Newest(Call call)
    {
        var headers = call.Response!.Headers;
        return new SeenEvent(
            Guid.Parse(headers.GetValues("SetGet-Id").Single()), Time(headers.GetValues("SetGet-Accepted-At").Single()),
            Time(headers.GetValues("SetGet-Expires-At").Single()), Encoding.UTF8.GetString(call.Body).Trim('"'));
    }

    /// <summary>Of a page of a history, or what was taken, with the text that its <paramref name="member"/> holds.</summary>
    internal static (List<SeenEvent> Events, string? Member) List(Call call, string member)
    {
        using var json = JsonDocument.Parse(call.Body);
        var events = json.RootElement.GetProperty("events").EnumerateArray().Select(each => new SeenEvent(
            each.GetProperty("id").GetGuid(), Time(each.GetProperty("acceptedAt").GetString()!), Time(each.GetProperty("expiresAt").GetString()!),
            Data(each))).ToList();
        return (events, json.RootElement.TryGetProperty(member, out var found) ? found.GetString() : null);
    }

    // What is no JSON any more comes in base64: it is not what was sent, and the checker says so.
    private static string Data(JsonElement entry)
        => entry.TryGetProperty("data", out var data) ? data.ToString() : entry.GetProperty("dataBase64").GetString()!;

    private static long Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
