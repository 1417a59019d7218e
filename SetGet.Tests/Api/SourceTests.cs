using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>What a flow knows of its sender, and the trial of its key rules, over HTTP.</summary>
[Collection(ApiCollection.Name)]
public sealed class SourceTests(ApiStack stack)
{
    private readonly string _url = $"/accounts/{ApiStack.NewAccount()}/flows/flow/source";

    [Fact]
    public async Task Source_IsWhatWasSetLast()
    {
        Assert.Equal("""{"keyRules":[]}""", await stack.Root.GetStringAsync(_url));
        const string Source = """{"scheme":"stripe","keyRules":["customer:{/data/object/customer}","g-{/größe}"],"idPointer":"/id","url":"https://hooks.example.com/a"}""";
        using var secret = await stack.Root.PostAsync(_url.Replace("source", "signing"), Calls.Json("""{"scheme":"stripe","secret":"a-long-enough-secret"}"""));
        Assert.Equal(HttpStatusCode.Created, secret.StatusCode);
        Assert.Equal(Source, await PutAsync(Source));
        Assert.Equal(Source, await stack.Root.GetStringAsync(_url));
        Assert.Equal("""{"keyRules":[],"idHeader":"X-Id"}""", await PutAsync("""{"idHeader":"X-Id"}"""));
        Assert.Equal("""{"keyRules":[],"idHeader":"X-Id"}""", await stack.Root.GetStringAsync(_url));
        for (var i = 0; i < 2; i++)
        {
            using var gone = await stack.Root.DeleteAsync(_url);
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        }

        Assert.Equal("""{"keyRules":[]}""", await stack.Root.GetStringAsync(_url));
    }

    [Theory]
    [InlineData("""{"keyRules":["a","{"]}""", "keyRules[1]")]
    [InlineData("""{"keyRules":[null]}""", "keyRules[0]")]
    [InlineData("""{"keyRules":["1","2","3","4","5","6","7","8","9","10","11","12","13","14","15","16","17","18","19","20","21"]}""", "keyRules")]
    [InlineData("""{"scheme":"md5"}""", "scheme")]
    [InlineData("""{"scheme":"github"}""", "scheme")] // it has no secret yet: the flow would refuse everything
    [InlineData("""{"scheme":"custom"}""", "custom")]
    [InlineData("""{"custom":{"header":"X Y","algorithm":"md5"}}""", "custom.algorithm", "custom.header")]
    [InlineData("""{"scheme":"twilio"}""", "url")]
    [InlineData("""{"handshake":"smile"}""", "handshake")]
    [InlineData("""{"idHeader":"X Y","idPointer":"id"}""", "idHeader", "idPointer")]
    [InlineData("""{"url":"x"}""", "url")]
    [InlineData("""{"secret":"x"}""", "secret")]
    public async Task Source_ThatIsNotValid_NamesTheField(string body, params string[] fields)
    {
        using var answer = await stack.Root.PutAsync(_url, Calls.Json(body));
        await answer.IsProblemAsync(400, "invalid-request", fields);
        Assert.Equal("""{"keyRules":[]}""", await stack.Root.GetStringAsync(_url));
    }

    [Fact]
    public async Task Trial_ShowsTheKeys_AndWhyThereAreNone_AndStoresNothing()
    {
        var trial = await TryAsync("""{"keyRules":["order-{/orderId}","{header:X-Topic}","c{/customer/id}","{id}"],"headers":{"x-TOPIC":"a/b"},"body":"{\"orderId\":4711}"}""");
        Assert.Equal("""["order-4711","a:2Fb","00000000-0000-7000-8000-000000000000"]""", trial.GetProperty("keys").GetRawText());
        Assert.Equal("""{"rule":"order-{/orderId}","keys":["order-4711"]}""", trial.GetProperty("rules")[0].GetRawText());
        Assert.Equal("""{"rule":"c{/customer/id}","keys":[],"why":"/customer/id is not there."}""", trial.GetProperty("rules")[2].GetRawText());
        Assert.False(trial.TryGetProperty("fault", out _));
        Assert.Equal("""{"keyRules":[]}""", await stack.Root.GetStringAsync(_url));
        Assert.Equal("""{"keys":[],"rules":[]}""", (await TryAsync("""{"body":"{}"}""")).GetRawText());
    }

    [Fact]
    public async Task Trial_OfTheFlowsOwnRules_KnowsItsLimits()
    {
        await PutAsync("""{"keyRules":["t-{/Tag}"]}""");
        using var limits = await stack.Root.PutAsync(_url[..^"/flows/flow/source".Length] + "/limits", Calls.Json("""{"maxKeysPerEvent":2}"""));
        Assert.Equal(HttpStatusCode.OK, limits.StatusCode);
        var trial = await TryAsync("""{"contentType":"application/x-www-form-urlencoded","body":"Tag=a&Tag=b&Tag=c"}""");
        Assert.Equal("""["t-a","t-b"]""", trial.GetProperty("keys").GetRawText());
        Assert.Contains("more than 2 webhook keys", trial.GetProperty("fault").GetString(), StringComparison.Ordinal);
        trial = await TryAsync("""{"body":"Tag=a"}""");
        Assert.Contains("not JSON: line 1, byte 1", trial.GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "body")]
    [InlineData("""{"body":null}""", "body")]
    [InlineData("""{"body":"","keyRules":["}"]}""", "keyRules[0]")]
    [InlineData("""{"body":"","contentType":"é"}""", "contentType")]
    [InlineData("""{"body":"","headers":{"A":"1","a":"2"}}""", "headers")]
    [InlineData("""{"body":"","headers":{"A":null}}""", "headers")]
    [InlineData("""{"body":"\ud800"}""", "body")]
    public async Task Trial_ThatIsNotValid_NamesTheField(string body, string field)
    {
        using var answer = await stack.Root.PostAsync(_url + "/try", Calls.Json(body));
        await answer.IsProblemAsync(400, "invalid-request", field);
    }

    private async Task<string> PutAsync(string body)
    {
        using var answer = await stack.Root.PutAsync(_url, Calls.Json(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }

    private async Task<JsonElement> TryAsync(string body)
    {
        using var answer = await stack.Root.PostAsync(_url + "/try", Calls.Json(body));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
