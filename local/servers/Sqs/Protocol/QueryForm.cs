using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>
/// Requests of the Query protocol: a form in the body, in the query string, or in both. Its parameters become the JSON that the other
/// protocol would have sent, by one table.
/// </summary>
internal static class QueryForm
{
    private const int MaximumParameters = 4096;
    private const int MaximumDepth = 8;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Lists, by the name that their parameters begin with. Those with a key are maps in JSON.</summary>
    private static readonly Dictionary<string, (string Json, string? Key)> Lists = new()
    {
        ["Attribute"] = ("Attributes", "Name"),
        ["Tag"] = ("Tags", "Key"),
        ["MessageAttribute"] = ("MessageAttributes", "Name"),
        ["MessageSystemAttribute"] = ("MessageSystemAttributes", "Name"),
        ["TagKey"] = ("TagKeys", null),
        ["AttributeName"] = ("AttributeNames", null),
        ["MessageAttributeName"] = ("MessageAttributeNames", null),
        ["MessageSystemAttributeName"] = ("MessageSystemAttributeNames", null),
        ["AWSAccountId"] = ("AWSAccountIds", null),
        ["ActionName"] = ("Actions", null),
        ["SendMessageBatchRequestEntry"] = ("Entries", null),
        ["DeleteMessageBatchRequestEntry"] = ("Entries", null),
        ["ChangeMessageVisibilityBatchRequestEntry"] = ("Entries", null),
        ["StringListValue"] = ("StringListValues", null),
        ["BinaryListValue"] = ("BinaryListValues", null),
    };

    /// <returns>The action's name and its parameters.</returns>
    /// <exception cref="SqsException">There is no action, or a parameter has the wrong type.</exception>
    public static (string Operation, SqsRequest Request) Read(in SqsCall call)
    {
        var form = new JsonObject();
        Add(form, Encoding.UTF8.GetBytes(call.QueryString.TrimStart('?')));
        Add(form, call.Body.ToArray());
        if (form["Action"] is not JsonValue action || action.ToString() is not { Length: > 0 } operation)
            throw SqsError.UnknownOperation.With("The request must contain the parameter Action.");
        if (operation is "CreateQueue" or "ListQueues" && IsQueuePath(call.Path)) throw SqsException.NotAnAction(operation);
        var request = RequestJson.Read(ToJson(form));
        request.QueueUrl ??= call.Path.Length > 1 ? call.Path : null;
        return (operation, request);
    }

    /// <summary>A queue's own address, an account of digits and a name: operations that are not about one queue are none there.</summary>
    private static bool IsQueuePath(string path)
        => path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var account, _] && account.All(char.IsAsciiDigit);

    /// <summary>Adds parameters as the tree that their names describe: <c>Entry.2.Id=x</c> is the member <c>Id</c> of <c>2</c> of <c>Entry</c>.</summary>
    private static void Add(JsonObject form, byte[] text)
    {
        var count = 0;
        foreach (var range in text.AsSpan().Split((byte)'&'))
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            if (length == 0) continue;
            if (++count > MaximumParameters) throw SqsError.Serialization.With($"A request has at most {MaximumParameters} parameters.");
            var equals = text.AsSpan(start, length).IndexOf((byte)'=');
            var name = Decode(text, start, equals < 0 ? length : equals);
            var value = equals < 0 ? "" : Decode(text, start + equals + 1, length - equals - 1);
            var parts = name.Split('.', MaximumDepth);
            var node = form;
            foreach (var part in parts[..^1])
            {
                if (node[part] is not JsonObject child) node[part] = child = [];
                node = child;
            }

            node[parts[^1]] = value;
        }
    }

    private static string Decode(byte[] text, int start, int length)
    {
        try
        {
            return Strict.GetString(WebUtility.UrlDecodeToBytes(text, start, length) ?? []);
        }
        catch (DecoderFallbackException)
        {
            throw MessageText.Illegal();
        }
    }

    private static JsonObject ToJson(JsonObject form)
    {
        var json = new JsonObject();
        foreach (var (name, value) in form)
        {
            if (!Lists.TryGetValue(name, out var list)) json[name] = value is JsonObject ? ToJson(value.AsObject()) : value!.DeepClone();
            else if (list.Key is { } key) json[list.Json] = Map(value!, key, isOfTexts: name is "Attribute" or "Tag");
            else json[list.Json] = new JsonArray([.. Items(value!).Select(item => item is JsonObject entry ? ToJson(entry) : item.DeepClone())]);
        }

        return json;
    }

    private static JsonObject Map(JsonNode list, string key, bool isOfTexts)
    {
        var map = new JsonObject();
        foreach (var item in Items(list).OfType<JsonObject>())
        {
            var name = item[key]?.ToString() ?? "";
            if (!isOfTexts && map.ContainsKey(name)) throw SqsError.InvalidParameterValue.With($"Message (user) attribute name '{name}' already exists.");
            map[name] = isOfTexts ? item["Value"]?.ToString() ?? "" : ToJson(item["Value"] as JsonObject ?? []);
        }

        return map;
    }

    /// <summary>
    /// The items of a list (<c>NAME.1</c>, <c>NAME.2</c>, ...) in the order of their numbers, or the one item that is given without a
    /// number (<c>AttributeName=All</c>, <c>Attribute.Name=...</c>).
    /// </summary>
    private static IEnumerable<JsonNode> Items(JsonNode list)
    {
        if (list is not JsonObject items) return [list];
        var numbered = items.Where(item => int.TryParse(item.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OrderBy(item => int.Parse(item.Key, CultureInfo.InvariantCulture)).Select(item => item.Value!).ToList();
        return numbered.Count > 0 ? numbered : [items];
    }
}
