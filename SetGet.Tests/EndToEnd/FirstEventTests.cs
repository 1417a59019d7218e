using System.Net;
using System.Text;

namespace SetGet.Tests.EndToEnd;

/// <summary>One event on its way: in at one end, out at the other.</summary>
public abstract class FirstEvent
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly AppFixture _app;

    protected FirstEvent(AppFixture app) => _app = app;

    [Fact]
    public async Task Event_SetThroughApi_IsReadByteForByteUnderEachKey()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        const string Data = """{"a":1.10,"b":"\u00e9",  "c":12345678901234567890}""";
        using var body = new StringContent(
            $$"""{"accountId":"first-event","flowId":"f","webhookKeys":["one","two"],"data":{{Data}}}""", Encoding.UTF8, "application/json");

        using var accepted = await _app.Api.PostAsync(new Uri("/set", UriKind.Relative), body, limit.Token);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        foreach (var key in new[] { "one", "two" })
        {
            using var read = await _app.Api.GetAsync(new Uri($"/get/{key}?account=first-event&wait=20", UriKind.Relative), limit.Token);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            Assert.Equal(Data, await read.Content.ReadAsStringAsync(limit.Token));
        }
    }
}

[Collection(AppCollection.Name)]
public sealed class FirstEventTests : FirstEvent
{
    public FirstEventTests(AppFixture app)
        : base(app)
    {
    }
}

[Collection(LambdaCollection.Name)]
public sealed class FirstEventByLambdaTests : FirstEvent
{
    public FirstEventByLambdaTests(LambdaAppFixture app)
        : base(app)
    {
    }
}
