using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Tests.Core.Senders;

/// <summary>Key rules over events in the shapes that senders send.</summary>
public sealed class KeyRulesTests
{
    private const string Id = "01a1ff74-7772-7857-a1bd-87ddf75ab44d";
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly Dictionary<string, string> Headers = new(StringComparer.Ordinal) { ["x-github-event"] = "push", ["x-shopify-topic"] = "orders/create" };

    [Fact]
    public void Push_OfACodeHost()
    {
        const string Body = """
            {"ref":"refs/heads/main","repository":{"id":35129377,"full_name":"octocat/Hello-World","topics":["demo","a b"]},"commits":[{"id":"c0ffee","added":["a.txt"]}]}
            """;
        Assert.Equal(["push:octocat:2FHello-World"], Keys(Body, "{header:X-GitHub-Event}:{/repository/full_name}"));
        Assert.Equal(["branch-refs:2Fheads:2Fmain-35129377"], Keys(Body, "branch-{/ref}-{/repository/id}"));
        Assert.Equal(["topic:demo", "topic:a:20b"], Keys(Body, "topic:{/repository/topics}"));
        Assert.Equal(["c0ffee.a.txt"], Keys(Body, "{/commits/0/id}.{/commits/0/added/0}"));
    }

    [Fact]
    public void Event_OfAPaymentService()
    {
        const string Body = """{"id":"evt_1Nx","object":"event","data":{"object":{"id":"ch_3Nx","customer":"cus_9","amount":1099,"metadata":{},"invoice":null}},"type":"charge.succeeded","livemode":false}""";
        Assert.Equal(
            ["customer:cus_9", "charge.succeeded", "evt_1Nx", "live.false", Id],
            Keys(Body, "customer:{/data/object/customer}", "invoice:{/data/object/invoice}", "{/type}", "{/id}", "live.{/livemode}", "{id}", "{/data/object}"));
    }

    [Fact]
    public void Order_OfAShop()
    {
        const string Body = """{"id":820982911946154508,"email":"jon@example.com","total_price":"409.94","line_items":[{"sku":"IPOD-1"},{"sku":"IPOD-2"}],"tags":["new",["x"],null,7,{"a":1},"",true]}""";
        Assert.Equal(
            ["order-820982911946154508", "orders:2Fcreate:jon:40example.com", "tag-new", "tag-7", "tag-true", "sku.IPOD-2"],
            Keys(Body, "order-{/id}", "{header:X-Shopify-Topic}:{/email}", "tag-{/tags}", "sku.{/line_items/1/sku}"));
    }

    [Fact]
    public void Form_OfATelephoneService()
    {
        const string Body = "MessageSid=SM1f0e&From=%2B15005550006&Body=Hello+w%C3%B6rld&Tag=a&Tag=b&Empty=&Odd=100%&Bad=%ff";
        Assert.Equal(
            ["sms-SM1f0e", "from::2B15005550006", "text.Hello:20w:C3:B6rld", "t-a", "t-b", "o100:25"],
            KeysOf(Body, Form + "; charset=utf-8", "sms-{/MessageSid}", "from:{/From}", "text.{/Body}", "t-{/Tag}", "e{/Empty}", "o{/Odd}", "b{/Bad}", "d{/Tag/0}", "n{/None}"));
    }

    [Fact]
    public void CloudEvent_InItsTwoForms()
    {
        const string Body = """{"specversion":"1.0","type":"com.example.made","source":"/mycontext","id":"A234-1234","data":{"n":1}}""";
        Assert.Equal([":2Fmycontext:A234-1234"[1..]], KeysOf(Body, "application/cloudevents+json", "2F{/none}", "2Fmycontext:{/id}", "{/source}:{/id}"));
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["ce-id"] = "A234-1234", ["ce-source"] = "/mycontext" };
        var rules = Parsed("{header:CE-Id}", "s{header:ce-source}");
        Assert.Equal(["A234-1234", "s:2Fmycontext"], rules.Evaluate("not JSON"u8, Json, headers, Id, 0).Keys);
        Assert.False(rules.ReadsBody);
    }

    [Theory]
    [InlineData("""{"a":["1","2"],"b":["x","y"]}""", "{/a}-{/b}", "1-x 1-y 2-x 2-y")]
    [InlineData("""{"a":["1","2"],"b":["x","y"]}""", "{/a}-{/b}-{/a}", "1-x-1 1-y-1 2-x-2 2-y-2")]
    [InlineData("""{"a":["1","1","2"]}""", "{/a}", "1 2")]
    [InlineData("""{"a":["1","2"]}""", "{/a/1}{/a}", "21 22")]
    [InlineData("""{"a":"first","a":"second"}""", "{/a}", "first")]
    [InlineData("""{"a":null,"a":"second"}""", "{/a}", "")]
    [InlineData("""{"a":{"x":1},"a":{"b":"second"}}""", "{/a/b}", "")]
    [InlineData("""{"\u0061":"\u0062\ud834\udd1e"}""", "{/a}", "b:F0:9D:84:9E")]
    [InlineData("""{"a":"\ud834"}""", "x{/a}", "")]
    [InlineData("""{"a":1.50,"b":1E+2,"c":-3}""", "{/a}_{/b}_{/c}", "1.50_1E:2B2_-3")]
    [InlineData("""{"a":"-x"}""", "{/a}", "")]
    [InlineData("""{"a":"x:y"}""", "{/a}", "x:3Ay")]
    [InlineData("""{"a/b":{"m~n":"1"},"":"2"}""", "{/a~1b/m~0n}{/}", "12")]
    [InlineData("""["x",{"a":"y"}]""", "{/0}{/1/a}", "xy")]
    [InlineData("""["x","y"]""", "k{/01}", "")]
    [InlineData("""["x","y"]""", "k{/-}", "")]
    [InlineData("""{"0":"x"}""", "{/0}", "x")]
    [InlineData("7", "k{/0}", "")]
    public void Value_IsFound(string body, string rule, string keys) => Assert.Equal(keys, string.Join(' ', Keys(body, rule)));

    [Fact]
    public void Value_ThatMakesAKeyTooLong_MakesNone()
    {
        Assert.Equal([new string('y', 128)], Keys($$"""{"a":"{{new string('y', 128)}}"}""", "{/a}", "x{/a}"));
        Assert.Empty(Keys($$"""{"a":"{{new string('y', 129)}}"}""", "{/a}"));
        Assert.Empty(Keys($$"""{"a":"x{{new string('é', 22)}}"}""", "{/a}"));
    }

    [Fact]
    public void BodyThatSaysItIsJson_AndIsNot_IsAFaultWithItsPlace_WhereARuleLooksIntoIt()
    {
        var (keys, fault) = Parsed("{id}", "o-{/a}").Evaluate("{\"a\":1,\n\"b\":x}"u8, Json, Headers, Id, 0);
        Assert.Equal([Id], keys);
        Assert.Equal(RuleFaultKind.NotJson, fault!.Kind);
        Assert.Contains("line 2, byte 5", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("line 1, byte 13", Parsed("o-{/a}").Evaluate([0xEF, 0xBB, 0xBF, .. "{\"a\":\"b\" x"u8], "a/b+json", Headers, Id, 0).Fault!.Detail, StringComparison.Ordinal);
        Assert.Null(Parsed("{id}").Evaluate("x"u8, Json, Headers, Id, 0).Fault);
        Assert.Null(Parsed("o-{/a}").Evaluate("{\"a\":1"u8, "text/plain", Headers, Id, 0).Fault);
        Assert.Equal(RuleFaultKind.NotJson, Parsed("o-{/a}").Evaluate([], Json, Headers, Id, 0).Fault?.Kind);
    }

    [Fact]
    public void OtherTypes_AreReadAsJsonWhereTheyAre()
    {
        Assert.Equal(["o-1"], KeysOf("""{"a":1}""", "text/plain", "o-{/a}"));
        Assert.Equal(["o-1"], KeysOf("\uFEFF {\"a\":1}", "", "o-{/a}"));
        Assert.Empty(KeysOf("<a>1</a>", "application/xml", "o-{/a}"));
    }

    [Fact]
    public void Keys_HaveABound_AndTheCombinationsToo()
    {
        var many = "{\"a\":[" + string.Join(',', Enumerable.Range(0, 200)) + "],\"long\":[" + string.Join(',', Enumerable.Repeat($"\"{new string('x', 120)}\"", 200)) + "]}";
        var (keys, fault) = Parsed("a{/a}", "{id}").Evaluate(Encoding.UTF8.GetBytes(many), Json, Headers, Id, 50);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"a{i}"), keys);
        Assert.Equal(RuleFaultKind.TooMany, fault!.Kind);
        Assert.Contains("more than 50 webhook keys", fault.Detail, StringComparison.Ordinal);
        Assert.Null(Parsed("a{/a}").Evaluate(Encoding.UTF8.GetBytes(many), Json, Headers, Id, 200).Fault);

        (keys, fault) = Parsed("{/a}{/long}-and-more").Evaluate(Encoding.UTF8.GetBytes(many), Json, Headers, Id, 0);
        Assert.Empty(keys);
        Assert.Contains("more than 10000 combinations", fault!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("o-{/none}", "/none is not there.")]
    [InlineData("o-{/n}", "/n is null.")]
    [InlineData("o-{/o}", "/o is an object: name one of its members.")]
    [InlineData("o-{/e}", "/e is empty.")]
    [InlineData("o-{/l}", "/l is longer than the 128 characters")]
    [InlineData("o-{/s}", "/s is no text")]
    [InlineData("o-{/v}", "/v is an array without")]
    [InlineData("{/m}", "would not begin with a letter or digit")]
    [InlineData("order-order-order-order-order-{/k}", "would be longer than 128 characters")]
    [InlineData("{header:X-None}", "The header X-None is not there.")]
    public void Explanation_SaysWhyThereIsNone(string rule, string why)
    {
        var body = $$"""{"n":null,"o":{"e":1},"e":"","l":"{{new string('x', 200)}}","s":"\ud800","v":[null,{}],"m":"-x","k":"{{new string('x', 110)}}"}""";
        var outcome = Assert.Single(Parsed(rule).Explain(Encoding.UTF8.GetBytes(body), Json, Headers, Id, 0));
        Assert.Empty(outcome.Keys);
        Assert.Contains(why, outcome.Why, StringComparison.Ordinal);
        Assert.Contains("neither JSON nor a form", Assert.Single(Parsed("o-{/a}").Explain("x"u8, "", Headers, Id, 0)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingOfAnEvent_IsMetByTheNext()
    {
        var rules = Parsed("{/a}", "{header:x-github-event}", "{/b/0}");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(3, rules.Evaluate("""{"a":"1","b":["2"]}"""u8, Json, Headers, Id, 0).Keys.Count);
            Assert.Empty(rules.Evaluate("{}"u8, Json, new Dictionary<string, string>(), Id, 0).Keys);
        }
    }

    private static IReadOnlyList<string> Keys(string body, params string[] rules) => KeysOf(body, Json, rules);

    private static IReadOnlyList<string> KeysOf(string body, string contentType, params string[] rules)
    {
        var (keys, fault) = Parsed(rules).Evaluate(Encoding.UTF8.GetBytes(body), contentType, Headers, Id, 0);
        Assert.Null(fault);
        Assert.All(keys, key => Assert.True(Names.IsWebhookKey(key), key));
        return keys;
    }

    private static KeyRules Parsed(params string[] rules)
    {
        var errors = new InputErrors();
        var parsed = KeyRules.Parse(rules, errors);
        Assert.Equal("", errors.ToString());
        return parsed!;
    }
}
