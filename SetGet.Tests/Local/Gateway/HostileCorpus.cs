using System.Text;

namespace SetGet.Tests.Local.Gateway;

/// <summary>A request to <c>POST /set</c>, and the status that it must get, whichever way in it takes.</summary>
/// <param name="Name">Short, for the test's output.</param>
/// <param name="Status">202, 400, 413 or 415.</param>
/// <param name="Body">The bytes of the body.</param>
/// <param name="ContentType">Null: no such header.</param>
public sealed record HostileRequest(string Name, int Status, byte[] Body, string? ContentType = "application/json")
{
    /// <summary>Header <c>Idempotency-Key</c>; null where there is none.</summary>
    public string? IdempotencyKey { get; init; }

    public override string ToString() => Name;

    public HttpRequestMessage ToMessage(string path)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Body) };
        if (ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (IdempotencyKey is not null) message.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        return message;
    }
}

/// <summary>What senders send when they mean harm, or know no better.</summary>
public static class HostileCorpus
{
    /// <summary>Longest body of <c>POST /set</c>, in bytes.</summary>
    public const int Limit = SetGet.Core.Events.EnvelopeWriter.MaxSetBytes;

    private static readonly byte[] NotUtf8 = [0xff, 0xfe, 0xc3];

    /// <summary>Everything. <paramref name="account"/> is the account of all requests.</summary>
    public static IEnumerable<HostileRequest> All(string account)
        => [.. Data().Select(each => Sound(account, each.Name, each.Data)), .. Shapes(account), .. Sizes(account), .. Malformed(account), .. Types(account)];

    /// <summary>A request under the webhook key that <see cref="KeyOf"/> gives.</summary>
    public static HostileRequest Sound(string account, string name, string data)
        => new(name, 202, Encoding.UTF8.GetBytes($$"""{"accountId":"{{account}}","flowId":"f","webhookKeys":["{{KeyOf(name)}}"],"data":{{data}}}"""));

    public static string KeyOf(string name) => "k:" + name.Replace(' ', '-');

    private static IEnumerable<(string Name, string Data)> Data()
    {
        yield return ("double quotes", """{"a\"b":"say \"x\" \\\" \\\\\""}""");
        yield return ("single quotes", """["'","it's","''","\\'","\\\\'","\\\\\\'"]""");
        yield return ("other quotes", """["`","´","‘’“”«»","＂＇"]""");
        yield return ("backslashes", """["\\","\\\\","\\n","\\u0041","C:\\temp\\new"]""");
        yield return ("forms", "\"a=b&Action=DeleteQueue&c+d%20e%26f+&MessageBody=x%00\"");
        yield return ("velocity", "\"$input.body ${x} $!{y} #set($a=1) #if(true)#end ## #* *# $util.urlEncode('x') \\\\$context\"");
        yield return ("markup", "\"<script>&amp;</script><![CDATA[x]]> \\u003c\"");
        yield return ("escaped controls", "\"\\u0000\\u0001\\b\\f\\n\\r\\t\\u001f\\u007f\"");
        yield return ("raw delete and c1", "\"\u007f\u0080\u0085\u009f\u00a0\u2028\u2029\ufeff\"");
        yield return ("unicode", "\"é ß 漢字 😀 👩‍👩‍👧 e\u0301 \u202e rtl\"");
        yield return ("lone surrogates as escapes", "[\"\\ud800\",\"\\udc00x\",{\"\\ud800\":\"\\udfff\\ud83d\"}]");
        yield return ("escaped nonchars", "\"\\uFFFE\\uffff\\uFFFD\"");
        yield return ("numbers", "[1.10,1.0,-0,0.1e-7,1E+2,12345678901234567890,123456789012345678901234567890.5,1e400]");
        yield return ("white space", " {\n\t\"a\" :\r\n [ 1 ,2 ] } \r\n\t");
        yield return ("same name twice within", """{"a":1,"a":2,"A":3,"":{}}""");
        yield return ("brackets in strings", """{"]}":"[{","x":["}","\"]","\\"]}""");
        yield return ("colons in strings", """{":":":","a:b":["::",{"c":":"}]}""");
        yield return ("null", "null");
        yield return ("false", "false");
        yield return ("empty string", "\"\"");
        yield return ("empty object", "{}");
        yield return ("deepest that is taken", new string('[', 255) + new string(']', 255));
        yield return ("long string", "\"" + string.Concat(Enumerable.Repeat("é'\\\"/&+%=\\\\", 5000)) + "\"");
    }

    private static IEnumerable<HostileRequest> Shapes(string account)
    {
        yield return Of("keys in another order", 202, $$"""{"data":{"x":1},"ttlSeconds":60,"webhookKeys":["{{KeyOf("keys in another order")}}"],"flowId":"f","accountId":"{{account}}"}""");
        yield return Of("names with escapes", 202, $$"""{"account\u0049d":"{{account}}","\u0066lowId":"f","webhookKeys":["{{KeyOf("names with escapes")}}"],"dat\u0061":1}""");
        yield return Of("white space around", 202, "\r\n\t " + Encoding.UTF8.GetString(Sound(account, "white space around", "1").Body) + " \n");
        yield return Of("webhook key repeated", 202, $$"""{"accountId":"{{account}}","flowId":"f","webhookKeys":["{{KeyOf("webhook key repeated")}}","{{KeyOf("webhook key repeated")}}"],"data":1}""");
        var many = string.Join(',', Enumerable.Range(0, 1500).Select(index => $"\"many:{index}\"").Prepend($"\"{KeyOf("many keys")}\""));
        yield return Of("many keys", 202, $$"""{"accountId":"{{account}}","flowId":"f","webhookKeys":[{{many}}],"data":"many"}""");
        yield return Sound(account, "idempotency key", "1") with { IdempotencyKey = """a'b"c\d/e&f=g+h%20 {}[]$x #y""" };
        yield return Sound(account, "idempotency key too long", "1") with { Status = 400, IdempotencyKey = new string('x', 256) };
        yield return Sound(account, "idempotency key empty", "1") with { Status = 400, IdempotencyKey = "" };
    }

    private static IEnumerable<HostileRequest> Sizes(string account)
    {
        yield return Padded(account, "exactly the limit", 202, Limit, 'x');
        yield return Padded(account, "one byte more", 413, Limit + 1, 'x');
        yield return Padded(account, "the limit in two byte characters", 202, Limit, 'é');
        yield return Padded(account, "one byte more in two byte characters", 413, Limit + 1, 'é');
        yield return Padded(account, "the limit in quotes", 202, Limit, '\'');
        yield return Padded(account, "two megabytes", 413, 2_000_000, 'x');
        yield return Padded(account, "five megabytes", 413, 5_000_000, '漢');
    }

    private static IEnumerable<HostileRequest> Malformed(string account)
    {
        foreach (var (name, body) in new (string, string)[]
        {
            ("empty", ""), ("blank", "  \n"), ("not json", "nonsense"), ("text", "\"text\""), ("number", "1"), ("array", "[]"), ("json null", "null"),
            ("no members", "{}"), ("cut off", """{"accountId":"a","""), ("two documents", "{}{}"), ("comma at the end", """{"accountId":"a",}"""),
            ("comment", "/* x */ {}"), ("single quoted", "{'accountId':'a'}"), ("injected call", """x","QueueUrl":"http://other/queue","MessageBody":"y"""),
            ("injected form", "Action=DeleteQueue&QueueUrl=http://other/queue"), ("byte order mark", "\ufeff{}"),
        }) yield return Of(name, 400, body);
        foreach (var (name, member) in new (string, string)[]
        {
            ("account missing", ""), ("account number", "\"accountId\":7,"), ("account empty", "\"accountId\":\"\","), ("account too long", $"\"accountId\":\"{new string('a', 65)}\","),
            ("account with slash", "\"accountId\":\"a/b\","), ("account with line feed", "\"accountId\":\"a\\n\","), ("account half a pair", "\"accountId\":\"\\ud800\","),
            ("account twice", $"\"accountId\":\"{account}\",\"accountId\":\"{account}\","), ("account injecting", "\"accountId\":\"a\\\",\\\"QueueUrl\\\":\\\"x\","),
        }) yield return Of(name, 400, "{" + member + """ "flowId":"f","webhookKeys":["k"],"data":1}""");
        foreach (var (name, rest) in new (string, string)[]
        {
            ("flow null", """ "flowId":null,"webhookKeys":["k"],"data":1"""), ("keys missing", """ "flowId":"f","data":1"""), ("keys empty", """ "flowId":"f","webhookKeys":[],"data":1"""),
            ("keys text", """ "flowId":"f","webhookKeys":"k","data":1"""), ("key empty", """ "flowId":"f","webhookKeys":["k",""],"data":1"""), ("key with space", """ "flowId":"f","webhookKeys":["a b"],"data":1"""),
            ("key too long", $" \"flowId\":\"f\",\"webhookKeys\":[\"{new string('k', 129)}\"],\"data\":1"), ("key number", """ "flowId":"f","webhookKeys":[1],"data":1"""),
            ("name half a pair", """ "flowId":"f","webhookKeys":["k"],"data":1,"\ud800":1"""), ("name half a pair first", """ "\udc00":1,"flowId":"f","webhookKeys":["k"],"data":1"""),
            ("data missing", """ "flowId":"f","webhookKeys":["k"]"""), ("unknown member", """ "flowId":"f","webhookKeys":["k"],"data":1,"extra":1"""),
            ("data twice", """ "flowId":"f","webhookKeys":["k"],"data":1,"data":2"""), ("data twice by escape", """ "flowId":"f","webhookKeys":["k"],"data":{"a":1},"d\u0061ta":[2]"""),
            ("ttl zero", """ "flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":0"""), ("ttl fraction", """ "flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":1.5"""),
            ("ttl point zero", """ "flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":60.0"""), ("ttl text", """ "flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":"60" """),
            ("ttl too great", """ "flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":2592001"""), ("ttl beyond int", """ "flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":99999999999999999999"""),
            ("too deep", $" \"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":{new string('[', 256)}{new string(']', 256)}"),
            ("far too deep", $" \"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":{new string('[', 50_000)}{new string(']', 50_000)}"),
            ("raw control character", " \"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"a\u0001b\""), ("raw line feed", " \"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"a\nb\""),
            ("raw nonchar fffe", " \"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"\ufffe\""), ("raw nonchar ffff", " \"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"\uffff\""),
            ("leading zero", """ "flowId":"f","webhookKeys":["k"],"data":01"""), ("nan", """ "flowId":"f","webhookKeys":["k"],"data":NaN"""),
        }) yield return Of(name, 400, $"{{\"accountId\":\"{account}\",{rest}}}");
        yield return new HostileRequest("not utf-8", 400, [.. Sound(account, "x", "\"").Body[..^1], .. NotUtf8, .. "\"}"u8]);
        yield return new HostileRequest("utf-16", 400, Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Sound(account, "x", "1").Body)));
    }

    private static IEnumerable<HostileRequest> Types(string account)
    {
        yield return Sound(account, "type with charset", "1") with { ContentType = "application/json; charset=utf-8" };
        yield return Sound(account, "type with quoted charset", "1") with { ContentType = "application/JSON;charset=\"UTF-8\"" };
        yield return Sound(account, "type with suffix", "1") with { ContentType = "application/vnd.x+json" };
        yield return Sound(account, "type with suffix and charset", "1") with { ContentType = "application/cloudevents+json; charset=utf-8" };
        string?[] refused = ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/jsonx", "application/octet-stream", null];
        for (var index = 0; index < refused.Length; index++)
            yield return Sound(account, $"refused type {index}", "1") with { Status = 415, ContentType = refused[index] };
    }

    private static HostileRequest Padded(string account, string name, int status, int bytes, char with)
    {
        var frame = Sound(account, name, "\"\"").Body.Length;
        var width = Encoding.UTF8.GetByteCount([with]);
        var (count, rest) = Math.DivRem(bytes - frame, width);
        return Sound(account, name, $"\"{new string('x', rest)}{new string(with, count)}\"") with { Status = status };
    }

    private static HostileRequest Of(string name, int status, string body) => new(name, status, Encoding.UTF8.GetBytes(body));
}
