using System.Net;

namespace SetGet.Tests.EndToEnd;

/// <summary>One event on its way: in at one end, out at the other.</summary>
public abstract class FirstEvent
{
    private readonly AppFixture _app;

    protected FirstEvent(AppFixture app) => _app = app;

    [Fact]
    public async Task Event_SetThroughApi_IsReadByteForByteUnderEachKey()
    {
        const string Data = """{"a":1.10,"b":"\u00e9",  "c":12345678901234567890}""";

        await _app.Api.SetAsync("first-event", Data, "one", "two");

        foreach (var key in new[] { "one", "two" })
        {
            using var read = await _app.Api.GetAsync("first-event", key);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            Assert.Equal(Data, await read.Content.ReadAsStringAsync());
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
