using System.Text;
using System.Text.Json;
using Gateway.Mapping;
using Gateway.Velocity;

namespace Gateway.Tests;

/// <summary><c>$input</c>, <c>$util</c> and <c>$context</c> of mapping templates.</summary>
public sealed class MappingTests
{
    private const string Body = """{"a":{"b":[10,{"c":"x"}]},"t":"it's","n":1.5,"none":null}""";

    [Theory]
    [InlineData("$input.body", Body)]
    [InlineData("$input.json('$.a')", """{"b":[10,{"c":"x"}]}""")]
    [InlineData("$input.json('$.t')", "\"it's\"")]
    [InlineData("$input.path('$.a.b[1].c') $input.path('$.a.b').size() $input.path('$.a.b[-1]')", "x 2 {c=x}")]
    [InlineData("$input.json('$..c') $input.json('$.a.b[*]') $input.json('$.a.*')", """["x"] [10,{"c":"x"}] [[10,{"c":"x"}]]""")]
    [InlineData("$input.path('$.nothing')|$input.path('$.none')|$input.json('$.nothing')", "||null")]
    [InlineData("#foreach($k in $input.path('$').keySet())$k #end", "a t n none ")]
    [InlineData("$input.params('p') $input.params('q') $input.params('X-H') [$input.params('z')]", "path query header []")]
    [InlineData("$input.params().header.get('X-H') $input.params().path.p $input.params().querystring.keySet()", "header path [p, q]")]
    [InlineData("$util.urlEncode('a b&c=é+') $util.urlDecode('a+b%26%C3%A9')", "a+b%26c%3D%C3%A9%2B a b&é")]
    [InlineData("$util.base64Encode('é') $util.base64Decode('w6k=')", "w6k= é")]
    [InlineData("""$util.parseJson('{"x":[1,2]}').x[1]""", "2")]
    [InlineData("$context.requestTimeEpoch $context.requestTime $context.identity.apiKeyId [$context.nothing.x]",
        "1763740000123 21/Nov/2025:15:46:40 +0000 key1 []")]
    [InlineData("#set($context.requestOverride.path.note = 'n')$context.requestOverride.path.note", "n")]
    [InlineData("$stageVariables.tier [$stageVariables.none]", "gold []")]
    [InlineData("#set($Integer = 0)#set($i = $Integer.parseInt('41') + 1)$i", "42")]
    public void Variables_Render(string template, string expected) => Assert.Equal(expected, Render(template, Body));

    [Theory]
    [InlineData("#set($a = $input.path('$'))#set($a.x = $a)$input.json('$')")]
    [InlineData("#set($a = $input.path('$'))#set($a.x = $a)$input.json('$..t')")]
    [InlineData("#set($a = $input.path('$'))#set($a.x = $a)#set($a.y = $a)$input.json('$..t')")]
    [InlineData("#set($a = $input.path('$'))#set($a.x = $a)#set($a.y = $a)$input.json('$')")]
    public void ValueThatHoldsItself_Fails(string template) => Assert.Throws<VelocityException>(() => Render(template, Body));

    [Fact]
    public void Body_Absent_IsAnEmptyObject() => Assert.Equal("{}", Render("$input.body", ""));

    /// <summary>The pair of calls that every JSON mapping template relies on: whatever goes in, a JSON parser gets it back.</summary>
    [Fact]
    public void EscapeJavaScript_WithoutItsQuote_IsJsonForEveryText()
    {
        var random = new Random(5);
        const string Hostile = "'\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080é\u2028\u2029\ufeff\uffff😀&+%=${}#$ x";
        for (var round = 0; round < 2000; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(12); length >= 0; length--) text.Append(Hostile[random.Next(Hostile.Length)]);
            // Half a surrogate pair is no text, and cannot come out of a decoded body.
            var sound = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
            var rendered = Render("""["$util.escapeJavaScript($input.body).replaceAll("\\'","'")"]""", sound);
            Assert.Equal(sound, JsonSerializer.Deserialize<string[]>(rendered)![0]);
        }
    }

    private static string Render(string template, string body)
    {
        var context = new ContextVariables();
        context.SetTime(DateTimeOffset.FromUnixTimeMilliseconds(1763740000123));
        context.Identity["apiKeyId"] = "key1";
        var parameters = new RequestParameters(
            new Dictionary<string, string> { ["p"] = "path" },
            new Dictionary<string, string> { ["p"] = "no", ["q"] = "query" },
            new Dictionary<string, string> { ["X-H"] = "header" });
        return VelocityTemplate.Parse(template).Render(new Dictionary<string, object?>
        {
            ["input"] = new TemplateInput(body, parameters),
            ["util"] = new TemplateUtil(),
            ["context"] = context,
            ["stageVariables"] = new VelocityMap { ["tier"] = "gold" },
        });
    }
}
