using System.Text.Json.Nodes;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>A request to SQS, as far as <see cref="SqsDoor"/> has to understand it.</summary>
internal sealed record SqsCall(string Action, byte[] Body)
{
    internal bool Sends => Action == "SendMessageBatch";

    internal bool Deletes => Action == "DeleteMessageBatch";

    internal bool IsBatch => Action.EndsWith("Batch", StringComparison.Ordinal);

    /// <summary>The answer that says that it was done.</summary>
    internal string AllDone() => new JsonObject { ["Successful"] = new JsonArray([.. Entries(Read()).Select(entry => new JsonObject { ["Id"] = Id(entry) })]) }.ToJsonString();

    /// <summary>The same, each of its messages delayed by less than the seconds given.</summary>
    internal SqsCall Delayed(Func<int, int> draw, int seconds)
    {
        var json = Read();
        foreach (var entry in Entries(json)) entry["DelaySeconds"] = draw(seconds);
        return With(json);
    }

    /// <summary>The same with some of its entries only, or nothing; and the ids of those that are refused. The rest is forgotten.</summary>
    internal (SqsCall? Part, IReadOnlyList<string> Refused) Part(Func<int, int> draw)
    {
        var json = Read();
        var drawn = Entries(json).GroupBy(_ => draw(4)).ToDictionary(each => each.Key, each => each.ToList());
        var kept = drawn.GetValueOrDefault(0, []).Concat(drawn.GetValueOrDefault(1, [])).ToList();
        var refused = drawn.GetValueOrDefault(2, []).ConvertAll(Id);
        json["Entries"] = new JsonArray([.. kept.Select(entry => entry.DeepClone())]);
        return (kept.Count == 0 ? null : With(json), refused);
    }

    /// <summary>SQS's answer, with entries that failed beside those that it knows of.</summary>
    internal static string Refusing(string answer, IReadOnlyList<string> ids)
    {
        var json = JsonNode.Parse(answer)!;
        json["Failed"] = new JsonArray([.. ids.Select(id => new JsonObject { ["Id"] = id, ["Code"] = "InternalError", ["SenderFault"] = false })]);
        return json.ToJsonString();
    }

    private static IEnumerable<JsonObject> Entries(JsonNode json) => json["Entries"]!.AsArray().Select(entry => entry!.AsObject());

    private static string Id(JsonObject entry) => entry["Id"]!.GetValue<string>();

    private JsonNode Read() => JsonNode.Parse(Body)!;

    private SqsCall With(JsonNode json) => this with { Body = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()) };
}
