using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amazon.SQS.Model;

namespace SetGet.Tests.Api;

/// <summary>What operators do with dead letters over HTTP.</summary>
[Collection(ApiCollection.Name)]
public sealed class DeadLetterTests(ApiStack stack)
{
    [Fact]
    public async Task DeadLetters_AreListedWithTheirReason_AsOftenAsOneLooks_AndDropped()
    {
        var account = ApiStack.NewAccount();
        await PoisonAsync(account, $$"""{"v":9,"set":{"accountId":"{{account}}","flowId":"odd"} }""");
        var letter = Assert.Single(await ListAsync($"account={account}", 1));
        Assert.Equal("unsupported-version", letter.GetProperty("reason").GetString());
        Assert.Equal("odd", letter.GetProperty("flowId").GetString());
        Assert.Contains("\"v\":9", letter.GetProperty("body").GetString(), StringComparison.Ordinal);
        Assert.True(letter.GetProperty("receiveCount").GetInt32() >= 1);

        Assert.Single(await ListAsync($"account={account}&flow=odd&reason=unsupported-version", 1));
        Assert.Empty(await ListAsync($"account={account}&reason=not-json", 0));
        var id = letter.GetProperty("id").GetString();
        using var dropped = await stack.Root.DeleteAsync($"/dead-letters/{id}");
        using var again = await stack.Root.DeleteAsync($"/dead-letters/{id}");

        Assert.Equal(HttpStatusCode.NoContent, dropped.StatusCode);
        await again.IsProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task DeadLetters_InPages_AreAllSeenOnce()
    {
        var account = ApiStack.NewAccount();
        for (var i = 0; i < 5; i++) await PoisonAsync(account, $"not json {i}");
        await ListAsync($"account={account}", 5);
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await stack.Root.GetFromJsonAsync<JsonElement>($"/dead-letters?account={account}&limit=2{(after is null ? "" : "&after=" + after)}");
            seen.AddRange(page.GetProperty("deadLetters").EnumerateArray().Select(each => each.GetProperty("body").GetString()!));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);

        Assert.Equal(["not json 0", "not json 1", "not json 2", "not json 3", "not json 4"], seen.Order());
    }

    [Fact]
    public async Task Redrive_OfOne_SendsItBackAndOfAll_TellsItsProgress()
    {
        var account = ApiStack.NewAccount();
        await PoisonAsync(account, "again");
        var id = Assert.Single(await ListAsync($"account={account}", 1)).GetProperty("id").GetString();

        using var one = await stack.Root.PostAsync($"/dead-letters/{id}/redrive", null);
        Assert.Equal(HttpStatusCode.NoContent, one.StatusCode);
        var back = Assert.Single(await ListAsync($"account={account}", 1));
        Assert.NotEqual(id, back.GetProperty("id").GetString());

        using var all = await stack.Root.PostAsync("/dead-letters/redrive", null);
        Assert.Equal(HttpStatusCode.Accepted, all.StatusCode);
        JsonElement task;
        do
        {
            task = (await stack.Root.GetFromJsonAsync<JsonElement>("/dead-letters/redrive")).GetProperty("tasks")[0];
        }
        while (task.GetProperty("status").GetString() == "RUNNING");
        Assert.Equal("COMPLETED", task.GetProperty("status").GetString());
        Assert.True(task.GetProperty("moved").GetInt64() >= 1);
    }

    private async Task PoisonAsync(string account, string body)
    {
        using var sqs = stack.NewSqs();
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = $"{stack.Sqs}000000000000/setget-events", MessageBody = body, MessageGroupId = account });
    }

    /// <summary>The matching dead letters, once there are as many; every look is a scan of the queue, so this is no busy loop.</summary>
    private async Task<IReadOnlyList<JsonElement>> ListAsync(string query, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            var page = await stack.Root.GetFromJsonAsync<JsonElement>($"/dead-letters?limit=1000&{query}", limit.Token);
            var letters = page.GetProperty("deadLetters").EnumerateArray().ToList();
            if (letters.Count >= count) return letters;
        }
    }
}
