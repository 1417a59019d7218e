using System.Net;
using Aspire.Hosting.ApplicationModel;

namespace SetGet.Tests.EndToEnd;

/// <summary>Parts that are not there: what is refused, and what is kept until they are back.</summary>
public abstract class PartsStopped
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly AppFixture _app;

    protected PartsStopped(AppFixture app) => _app = app;

    [Fact]
    public async Task Set_QueueStopped_503AndNothingAccepted()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await CommandAsync("aws", KnownResourceCommands.StopCommand, limit.Token);

        using var refused = await _app.Api.PostAsync("/set", Sending.Json(Sending.SetText("stopped", "1", "k")), limit.Token);

        await CommandAsync("aws", KnownResourceCommands.StartCommand, limit.Token);
        await _app.App.ResourceNotifications.WaitForResourceHealthyAsync("aws", limit.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Set_WorkerStopped_IsReadableOnceItIsBack()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await CommandAsync("worker", KnownResourceCommands.StopCommand, limit.Token);
        var account = "waiting-" + Guid.NewGuid();
        await _app.Api.SetAsync(account, "1", "k");

        await CommandAsync("worker", KnownResourceCommands.StartCommand, limit.Token);
        await _app.App.ResourceNotifications.WaitForResourceHealthyAsync("worker", limit.Token);
        // What was in the hands of a worker that was stopped comes back when its visibility timeout has run out.
        using var queue = new QueueSide(_app);
        await queue.DrainedAsync();

        Assert.Single(await _app.Api.EventsAsync(account, "k", 1));
    }

    [Fact]
    public async Task Set_RedisStopped_IsAcceptedAndNoDeadLetter()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await CommandAsync("redis", KnownResourceCommands.StopCommand, limit.Token);
        var account = "redis-away-" + Guid.NewGuid();
        await _app.Api.SetAsync(account, "1", "k");

        await CommandAsync("redis", KnownResourceCommands.StartCommand, limit.Token);
        await _app.App.ResourceNotifications.WaitForResourceHealthyAsync("redis", limit.Token);
        await ReconnectedAsync(account, limit.Token);
        using var queue = new QueueSide(_app);
        await queue.DrainedAsync();

        Assert.Single(await _app.Api.EventsAsync(account, "k", 1));
    }

    /// <summary>The API says 503 until its connection to Redis is back; a reader asks again, and so does this.</summary>
    private async Task ReconnectedAsync(string account, CancellationToken cancellationToken)
    {
        using var answer = await Sending.AskAgainWhileAsync(
            [HttpStatusCode.ServiceUnavailable], () => _app.Api.GetAsync($"/get/k?account={account}", cancellationToken), cancellationToken);
    }

    private async Task CommandAsync(string resource, string command, CancellationToken cancellationToken)
    {
        var result = await _app.App.ResourceCommands.ExecuteCommandAsync(resource, command, cancellationToken);
        Assert.True(result.Success, result.Message);
    }
}

[Collection(AppCollection.Name)]
public sealed class PartsStoppedTests : PartsStopped
{
    public PartsStoppedTests(AppFixture app)
        : base(app)
    {
    }
}

[Collection(LambdaCollection.Name)]
public sealed class PartsStoppedByLambdaTests : PartsStopped
{
    public PartsStoppedByLambdaTests(LambdaAppFixture app)
        : base(app)
    {
    }
}
