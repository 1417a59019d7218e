using System.Net;
using System.Text;
using Amazon.SQS.Model;

namespace SetGet.Tests.Ops;

/// <summary>How the site is asked until it answers.</summary>
internal sealed partial class OpsSite
{
    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>Sends again while the answer is 503: a machine that is busy with tests is slow, which is not what is tested here.</summary>
    private async Task<HttpResponseMessage> TryAsync(Func<HttpClient, Task<HttpResponseMessage>> send)
    {
        HttpResponseMessage? answer = null;
        await UntilAsync(
            async () =>
            {
                answer?.Dispose();
                answer = await send(_app.Api);
                return answer.StatusCode == HttpStatusCode.ServiceUnavailable ? null : "";
            },
            "SetGet is available");
        return answer!;
    }

    private static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };

    /// <summary>Asks until there is an answer; fails, and says what was waited for, when patience is over.</summary>
    private static async Task UntilAsync(Func<Task<string?>> ask, string what)
    {
        using var over = new CancellationTokenSource(Patience, TimeProvider.System);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (await ask() is null)
        {
            if (over.IsCancellationRequested) Assert.Fail($"Waited {Patience.TotalSeconds} seconds in vain until {what}.");
            await tick.WaitForNextTickAsync();
        }
    }
}
